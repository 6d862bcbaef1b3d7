namespace MessagingServices.Server.Engine;

/// <summary>
/// Messages that wait, those of each account in their order. The accounts take turns, so the messages of one do not
/// hold up those of another. Not thread-safe.
/// </summary>
internal sealed class FairQueue
{
    private readonly Dictionary<Sid, LinkedList<(OwnedMessage Owned, int Turn)>> waiting = [];
    private readonly LinkedList<Sid> turns = [];

    /// <summary>The number of messages.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a message after all others of its account.</summary>
    public void Add(OwnedMessage owned)
    {
        Of(owned).AddLast((owned, owned.Turn));
        Count++;
    }

    /// <summary>Adds a message before all others of its account.</summary>
    public void AddFirst(OwnedMessage owned)
    {
        Of(owned).AddFirst((owned, owned.Turn));
        Count++;
    }

    /// <summary>
    /// Takes up to a number of messages, the same number of each account as far as it has so many. Each comes with the
    /// <see cref="OwnedMessage.Turn"/> that it had when it was added.
    /// </summary>
    public IReadOnlyList<(OwnedMessage Owned, int Turn)> Take(int limit)
    {
        List<(OwnedMessage Owned, int Turn)> taken = [];
        while (taken.Count < limit && turns.First is { Value: var account })
        {
            var share = Math.Max(1, (limit - taken.Count) / turns.Count);
            turns.RemoveFirst();
            var messages = waiting[account];
            for (; share > 0 && messages.First is { Value: var first }; share--)
            {
                messages.RemoveFirst();
                taken.Add(first);
            }

            if (messages.Count > 0) turns.AddLast(account);
            else waiting.Remove(account);
        }

        Count -= taken.Count;
        return taken;
    }

    public void Clear()
    {
        waiting.Clear();
        turns.Clear();
        Count = 0;
    }

    private LinkedList<(OwnedMessage Owned, int Turn)> Of(OwnedMessage owned)
    {
        var account = owned.Message.AccountSid;
        if (waiting.TryGetValue(account, out var messages)) return messages;
        turns.AddLast(account);
        waiting.Add(account, messages = []);
        return messages;
    }
}
