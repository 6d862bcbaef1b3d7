using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Throughput;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// Hands queued messages to the carrier: messages without a Messaging Service, messages whose media have been fetched,
/// and messages that <c>SelectSenders</c> left for later. A message fails when its recipient has opted out since.
/// </summary>
internal sealed class HandToCarrier(
    MessageTransactions transactions, Quarantine quarantine, CarrierHandoff carrier, ThroughputOptions throughput,
    EmulatorClock clock)
    : MessageQueueStage(MessageStage.HandToCarrier, transactions, quarantine, clock)
{
    /// <inheritdoc/>
    protected override async Task<int> MoveAsync(int limit, CancellationToken cancellation)
    {
        await using var work = await Transactions.BeginAsync(cancellation);
        if (throughput.Simulate
            && !await work.Db.LockSchedulingAsync(MessageStage.HandToCarrier, Clock.GetUtcNow(), cancellation))
            return 0;
        var due = await work.Db.LockDueAsync(MessageStage.HandToCarrier, Clock.GetUtcNow(), limit, cancellation);
        if (due.Count == 0) return 0;
        Take(due.Select(entry => entry.MessageSid));
        var messages = (await work.Db.LockMessagesAsync(due.Select(entry => entry.MessageSid), cancellation))
            .ToDictionary(m => m.Sid);
        var rules = await CarrierRuleReader.LockAsync(work.Db, messages.Values, cancellation);
        var schedule = throughput.Simulate
            ? await SendSchedule.LockAsync(work.Db, throughput.Rates, SendersOf(messages.Values), cancellation)
            : null;
        await work.Db.ShareOptOutsAsync(messages.Values.Select(message => message.AccountSid), cancellation);
        var optedOut = await work.Db.FindOptedOutAsync(messages.Values.Where(IsQueued), cancellation);
        List<ReadyMessage> ready = [];
        foreach (var entry in due)
        {
            var now = Clock.EffectiveTime(entry.Due);
            if (messages.GetValueOrDefault(entry.MessageSid) is { Status: MessageStatus.Queued } message
                && !FailIfOptedOut(message, now))
                ready.Add(new(message, now) { Slot = SlotOf(entry, message, now) });
            else
                work.Batch.MessageQueue.Remove(entry.MessageSid);
        }

        await carrier.MoveOnAsync(work, ready, rules, cancellation);
        await work.CommitAsync(CancellationToken.None);
        return due.Count;

        SendSlot? SlotOf(QueuedMessage entry, Message message, DateTimeOffset now) =>
            schedule is null || entry.HasSlot ? null : new(schedule.Reserve(message, now, work.Batch));

        bool FailIfOptedOut(Message message, DateTimeOffset now)
        {
            if (!optedOut.Contains(message.Sid)) return false;
            var callback = message.TransitionTo(MessageStatus.Failed, now, MessagingError.OptedOut.Code);
            work.Batch.Move(message, MessageStatus.Queued, callback);
            return true;
        }
    }

    private static bool IsQueued(Message message) => message.Status == MessageStatus.Queued;

    private static HashSet<(Sid Account, string Address)> SendersOf(IEnumerable<Message> messages) =>
        [.. messages.Where(message => message.From is not null).Select(message => (message.AccountSid, message.From!))];
}
