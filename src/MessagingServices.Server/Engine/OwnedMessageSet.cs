namespace MessagingServices.Server.Engine;

/// <summary>The messages in memory, found by their SID and by their account. Not thread-safe.</summary>
internal sealed class OwnedMessageSet
{
    private readonly Dictionary<Sid, OwnedMessage> bySid = [];
    private readonly Dictionary<Sid, HashSet<OwnedMessage>> byAccount = [];

    public int Count => bySid.Count;

    /// <summary>A copy of all SIDs.</summary>
    public IReadOnlyCollection<Sid> Sids => [.. bySid.Keys];

    public IEnumerable<OwnedMessage> All => bySid.Values;

    /// <summary>The message; null if it is not in memory.</summary>
    public OwnedMessage? Find(Sid message) => bySid.GetValueOrDefault(message);

    /// <summary>The messages of an account.</summary>
    public IReadOnlyCollection<OwnedMessage> Of(Sid account) =>
        byAccount.TryGetValue(account, out var owned) ? owned : [];

    /// <inheritdoc cref="OwnedMessages.CommittedOf"/>
    public IReadOnlyList<Sid> CommittedOf(Sid account) =>
        [.. Of(account).Where(owned => owned.IsCommitted).Select(owned => owned.Message.Sid)];

    /// <inheritdoc cref="OwnedMessages.WithCallbacks"/>
    public IReadOnlySet<Sid> WithCallbacks(Sid account, Predicate<Message> isFromBefore) =>
        Of(account).Where(owned => owned.Callbacks > 0 && isFromBefore(owned.Message))
            .Select(owned => owned.Message.Sid).ToHashSet();

    /// <summary>Whether a message waits for nothing but so many status callbacks.</summary>
    public bool HasOnly(KeyValuePair<Sid, int> callbacks) =>
        Find(callbacks.Key) is { HasEnded: true } owned && owned.Callbacks == callbacks.Value;

    /// <inheritdoc cref="OwnedMessages.ReportsOf"/>
    public IReadOnlyList<(Sid Message, DateTimeOffset Due)> ReportsOf(Sid account) =>
    [
        .. Of(account).Where(owned => owned.Step == OwnedStep.Report)
            .Select(owned => (owned.Message.Sid, owned.Due)),
    ];

    /// <summary>Whether a message of an account has a due step, or is in a stage now.</summary>
    public bool HasDueStep(Sid account, DateTimeOffset now, Predicate<Message> isFromBefore) =>
        Of(account).Any(owned => !owned.HasEnded && isFromBefore(owned.Message)
            && (owned.Step == OwnedStep.None || owned.Due <= now));

    /// <summary>Adds a message, in place of the one with the same SID.</summary>
    public void Add(OwnedMessage owned)
    {
        Remove(owned.Message.Sid);
        bySid.Add(owned.Message.Sid, owned);
        var account = owned.Message.AccountSid;
        if (!byAccount.TryGetValue(account, out var others)) byAccount.Add(account, others = []);
        others.Add(owned);
    }

    /// <summary>Removes a message; false if it is not in memory.</summary>
    public bool Remove(Sid message)
    {
        if (!bySid.Remove(message, out var owned)) return false;
        var others = byAccount[owned.Message.AccountSid];
        others.Remove(owned);
        if (others.Count == 0) byAccount.Remove(owned.Message.AccountSid);
        return true;
    }

    public void Clear()
    {
        bySid.Clear();
        byAccount.Clear();
    }
}
