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

    /// <summary>The chain of a message; null when it has none.</summary>
    public MessageChain? Find(Sid message) => young.GetValueOrDefault(message) ?? old.GetValueOrDefault(message);

    /// <summary>No more callbacks join the chain.</summary>
    public void Close(Sid message)
    {
        young.Remove(message);
        old.Remove(message);
    }

    /// <summary>Breaks all chains.</summary>
    /// <returns>The committed webhooks that waited in chains.</returns>
    public IReadOnlyList<ClaimedWebhook> BreakAll()
    {
        List<ClaimedWebhook> waiting = [.. young.Values.Concat(old.Values).SelectMany(chain => chain.Break())];
        young = [];
        old = [];
        return waiting;
    }
}

/// <summary>The callbacks of one message: one is on its way, the others wait for it.</summary>
internal sealed class MessageChain
{
    private readonly Queue<ClaimedWebhook> waiting = new();
    private readonly HashSet<ClaimedWebhook> uncommitted = [];
    private bool isBusy;
    private bool hasLast;
    private int count;

    /// <summary>Whether its callbacks were released: those that are still to be committed are released too.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether it has no callback now.</summary>
    public bool IsIdle => !isBusy && waiting.Count == 0;

    /// <summary>Whether all callbacks of the message have ended.</summary>
    public bool HasEnded => hasLast && IsIdle;

    /// <summary>
    /// Whether a callback is the next one of its message. Otherwise another server has one that comes before it.
    /// </summary>
    public bool Continues(StatusCallback callback) => callback.Number == count + 1;

    /// <summary>Adds a callback that is not committed yet.</summary>
    public void Add(ClaimedWebhook webhook, bool isLast)
    {
        count++;
        hasLast = isLast;
        waiting.Enqueue(webhook);
        uncommitted.Add(webhook);
    }

    /// <summary>A callback is committed.</summary>
    public void Commit(ClaimedWebhook webhook) => uncommitted.Remove(webhook);

    /// <summary>Removes a callback whose commit failed.</summary>
    public void Remove(ClaimedWebhook webhook)
    {
        uncommitted.Remove(webhook);
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

    /// <summary>Empties the chain.</summary>
    /// <returns>Its committed callbacks.</returns>
    public IReadOnlyList<ClaimedWebhook> Break()
    {
        IsBroken = true;
        List<ClaimedWebhook> committed = [.. waiting.Where(webhook => !uncommitted.Contains(webhook))];
        waiting.Clear();
        return committed;
    }
}
