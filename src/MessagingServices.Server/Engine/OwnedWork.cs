using MessagingServices.Server.Data.Queues;

namespace MessagingServices.Server.Engine;

/// <summary>
/// The messages of one transaction that are in this server's memory, or that it takes there. The memory changes after
/// the commit.
/// </summary>
/// <param name="memory">The memory.</param>
/// <param name="webhooks">Delivers status callbacks from memory.</param>
/// <param name="batch">The batch of the transaction.</param>
/// <param name="stage">The stage that has taken the messages; null for reports of the carrier.</param>
/// <param name="taken">The messages that the stage has taken from memory.</param>
internal sealed class OwnedWork(
    OwnedMessages memory, IWebhookOwner webhooks, WriteBatch batch, MessageStage? stage,
    IReadOnlyList<OwnedMessage> taken)
{
    private readonly Dictionary<Sid, OwnedChange> changes = taken.ToDictionary(
        owned => owned.Message.Sid, owned => new OwnedChange(owned, owned.Message.ForNextChange()));

    private IWebhookClaim? claim;
    private bool isApplied;

    /// <summary>
    /// Whether the database may have another state than memory: the commit may have succeeded although it failed here.
    /// Then the messages are released.
    /// </summary>
    public bool MayDifferFromDatabase { get; set; }

    /// <summary>The messages that another transaction has changed or removed. They are released.</summary>
    public IReadOnlyCollection<Sid> ChangedByOthers { get; set; } = [];

    /// <summary>The messages that the stage has taken from memory, as copies to change, in the same order.</summary>
    public IEnumerable<OwnedChange> Taken => taken.Select(owned => changes[owned.Message.Sid]);

    /// <summary>The message stays in memory and waits for a report of the carrier, or has ended.</summary>
    /// <returns>False if the message is not in memory.</returns>
    public bool TryContinue(Sid message, CarrierDelivery? next)
    {
        if (!changes.TryGetValue(message, out var change)) return false;
        change.Next = next;
        return true;
    }

    /// <summary>
    /// Takes a message of the message queue into memory: it waits for a report, or for its callbacks.
    /// </summary>
    /// <returns>False if it stays in the database.</returns>
    public bool TryTake(Message message, CarrierDelivery? next)
    {
        if ((next is null && !HasCallbacksInMemory(message)) || !memory.TryAdd(message, out var owned)) return false;
        changes.Add(message.Sid, new(owned, message) { Next = next });
        batch.Part<OwnedRows>().Add(message.Sid, memory.Node);
        batch.MessageQueue.Remove(message.Sid);
        return true;
    }

    /// <summary>
    /// Takes the new status callbacks of the messages into memory, and removes the messages that have finished with
    /// this transaction. Call it before the commit.
    /// </summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        if (changes.Count == 0) return;
        var rows = batch.Part<WebhookRows>();
        claim = rows.Claim = await webhooks.ClaimAsync([.. rows.Callbacks.Where(IsFromMemory)], cancellation);
        // A message that was released meanwhile waits for its earlier callbacks: a new one must not be stored before.
        if (!memory.ContainsAll(changes.Values.Select(change => change.Owned)))
            throw new OwnershipLostException(isServerRemoved: false);
        foreach (var (webhook, _) in rows.Callbacks)
            if (claim?.Webhooks.Contains(webhook.Sid) is true) changes[webhook.MessageSid].Callbacks++;
        foreach (var change in changes.Values)
        {
            if (change.Next is not null || change.Callbacks + change.Owned.Callbacks > 0) continue;
            change.IsFinished = true;
            batch.Part<OwnedRows>().Remove(change.Message.Sid);
        }
    }

    /// <summary>Changes the memory, and starts the callbacks. Call it after the commit.</summary>
    public void Apply()
    {
        isApplied = true;
        memory.Apply(changes.Values);
        claim?.Start();
    }

    /// <summary>Ends the work. Without a commit, the messages wait in memory again, or are released.</summary>
    public void End()
    {
        if (isApplied || changes.Count == 0) return;
        claim?.Abandon();
        List<OwnedMessage> unchanged = MayDifferFromDatabase
            ? []
            : [.. taken.Where(owned => !ChangedByOthers.Contains(owned.Message.Sid))];
        memory.PutBack(stage, unchanged);
        memory.Release(changes.Keys.Except(unchanged.Select(owned => owned.Message.Sid)));
    }

    private bool IsFromMemory(NewCallback callback) =>
        changes.TryGetValue(callback.Webhook.MessageSid, out var change) && HasCallbacksInMemory(change.Message);

    // The callback of the last status contains the recipient, which the stored message then does not.
    private static bool HasCallbacksInMemory(Message message) =>
        message.StatusCallback is not null && !message.Options.HasFlag(MessageOptions.ObfuscateAddress);
}
