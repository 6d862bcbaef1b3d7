namespace MessagingServices.Server.Events;

/// <summary>
/// The changes of an account that wait for the next frame. Changes of one thing are merged. If there are too many, they
/// are dropped, and only their types are kept. Thread-safe.
/// </summary>
internal sealed class PendingChanges
{
    /// <summary>The maximum number of changes in a frame, after merging.</summary>
    public const int Max = 500;

    private readonly Lock gate = new();
    private readonly OrderedDictionary<(EventTypes Type, string Key), Change> changes = [];
    private EventTypes lost;

    /// <summary>Adds a change.</summary>
    /// <returns>Whether it is the first one of the next frame.</returns>
    public bool Add(Change change)
    {
        lock (gate)
        {
            var isFirst = changes.Count == 0 && lost == EventTypes.None;
            if ((lost & change.Type) == 0) Merge(change);
            return isFirst;
        }
    }

    /// <summary>Changes of these types were lost.</summary>
    /// <returns>Whether it is the first news of the next frame.</returns>
    public bool Lose(EventTypes types)
    {
        lock (gate)
        {
            var isFirst = changes.Count == 0 && lost == EventTypes.None;
            lost |= types;
            return isFirst;
        }
    }

    /// <summary>Takes what has changed, in its order, and the types of the changes that were dropped.</summary>
    public (IReadOnlyList<Change> Changes, EventTypes Lost) Take()
    {
        lock (gate)
        {
            (IReadOnlyList<Change>, EventTypes) taken =
                ([.. changes.Values.Where(change => (lost & change.Type) == 0)], lost);
            changes.Clear();
            lost = EventTypes.None;
            return taken;
        }
    }

    private void Merge(Change change)
    {
        if (change.Type == EventTypes.MessageDeleted)
        {
            changes.Remove((EventTypes.MessageCreated, change.Key));
            changes.Remove((EventTypes.MessageUpdated, change.Key));
        }

        var key = (change.Type, change.Key);
        if (changes.TryGetValue(key, out var known))
        {
            changes[key] = known.Merge(change);
            return;
        }

        if (changes.Count < Max)
        {
            changes.Add(key, change);
            return;
        }

        lost |= change.Type;
        foreach (var dropped in changes.Values) lost |= dropped.Type;
        changes.Clear();
    }
}
