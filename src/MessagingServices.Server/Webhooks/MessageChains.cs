using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// The status callbacks of each message that this server delivers from memory, one after the other. Not thread-safe.
/// </summary>
internal sealed class MessageChains
{
    // A message without a report never ends. So the older half of the chains goes from time to time.
    private const int MaxYoung = 20_000;

    private Dictionary<Sid, MessageChain> young = [];
    private Dictionary<Sid, MessageChain> old = [];

    /// <summary>Begins the chain of a message that has had no callback.</summary>
    public MessageChain Begin(Sid message)
    {
        if (young.Count >= MaxYoung)
        {
            // Only chains without callbacks are forgotten. Later callbacks of their messages are claimed.
            var busy = old.Where(entry => !entry.Value.IsIdle).ToDictionary();
            (old, young) = (young, busy);
        }

        return young[message] = new();
    }

    /// <summary>The chain of a message that callbacks may join; null when it has none.</summary>
    public MessageChain? Find(Sid message) => Get(message) is { IsClosed: false } chain ? chain : null;

    /// <summary>No more callbacks join the chain. It still delivers those that it has.</summary>
    public void Close(Sid message)
    {
        if (Get(message) is not { } chain) return;
        chain.Close();
        RemoveIfDone(message, chain);
    }

    /// <summary>Forgets a chain that has no callback and gets none.</summary>
    public void RemoveIfDone(Sid message, MessageChain chain)
    {
        if (chain is not { IsIdle: true, IsClosed: true } || Get(message) != chain) return;
        young.Remove(message);
        old.Remove(message);
    }

    /// <summary>
    /// The message is no longer in this server's memory. What is in flight goes on, and what waits is left to others.
    /// </summary>
    /// <returns>The webhooks that waited.</returns>
    public IReadOnlyList<ClaimedWebhook> Break(Sid message)
    {
        if (Get(message) is not { } chain) return [];
        young.Remove(message);
        old.Remove(message);
        return chain.Break();
    }

    private MessageChain? Get(Sid message) => young.GetValueOrDefault(message) ?? old.GetValueOrDefault(message);
}

/// <summary>The callbacks of one message: one is on its way, the others wait for it.</summary>
internal sealed class MessageChain
{
    private readonly Queue<ClaimedWebhook> waiting = new();
    private readonly HashSet<ClaimedWebhook> uncommitted = [];
    private bool isBusy;
    private int count;

    /// <summary>Whether its message is no longer in this server's memory.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether it has no callback now.</summary>
    public bool IsIdle => !isBusy && waiting.Count == 0;

    /// <summary>Whether no more callbacks join it: it has the last one, or one in between is in the database.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>
    /// Whether a callback is the next one of its message. Otherwise one that comes before it is in the database.
    /// </summary>
    public bool Continues(StatusCallback callback) => callback.Number == count + 1;

    /// <summary>Adds a callback that is not committed yet.</summary>
    public void Add(ClaimedWebhook webhook, bool isLast)
    {
        count++;
        IsClosed = isLast;
        waiting.Enqueue(webhook);
        uncommitted.Add(webhook);
    }

    /// <summary>A callback is committed.</summary>
    public void Commit(ClaimedWebhook webhook) => uncommitted.Remove(webhook);

    /// <summary>Removes a callback whose commit failed. It may be added again.</summary>
    public void Remove(ClaimedWebhook webhook)
    {
        if (!uncommitted.Remove(webhook)) return;
        count--;
        IsClosed = IsBroken;
        var others = waiting.Where(other => other != webhook).ToList();
        waiting.Clear();
        others.ForEach(waiting.Enqueue);
    }

    /// <summary>Takes the next callback, if it is committed and none is on its way.</summary>
    public bool TryTake([NotNullWhen(true)] out ClaimedWebhook? next)
    {
        next = null;
        if (isBusy || !waiting.TryPeek(out var first) || uncommitted.Contains(first)) return false;
        next = waiting.Dequeue();
        isBusy = true;
        return true;
    }

    /// <summary>The callback that was on its way has ended.</summary>
    public void End() => isBusy = false;

    public void Close() => IsClosed = true;

    /// <summary>Empties the chain, and closes it.</summary>
    /// <returns>Its committed callbacks.</returns>
    public IReadOnlyList<ClaimedWebhook> Break()
    {
        (IsBroken, IsClosed) = (true, true);
        List<ClaimedWebhook> committed = [.. waiting.Where(webhook => !uncommitted.Contains(webhook))];
        waiting.Clear();
        return committed;
    }
}
