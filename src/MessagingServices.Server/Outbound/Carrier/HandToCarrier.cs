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
    StageServices services, CarrierHandoff carrier, ThroughputOptions throughput)
    : MessageQueueStage(MessageStage.HandToCarrier, services)
{
    /// <inheritdoc/>
    protected override async Task<bool> MayLockAsync(MessagingDb db, CancellationToken cancellation) =>
        !throughput.Simulate
        || await db.LockSchedulingAsync(MessageStage.HandToCarrier, Clock.RealNow, cancellation);

    /// <inheritdoc/>
    protected override async Task MoveAsync(
        MessageTransaction work, IReadOnlyList<DueMessage> due, CancellationToken cancellation)
    {
        List<Message> messages = [.. due.Select(entry => entry.Message).OfType<Message>()];
        var rules = await CarrierRuleReader.LockAsync(work.Db, messages, cancellation);
        var schedule = throughput.Simulate
            ? await SendSchedule.LockAsync(
                work.Db, throughput.Rates, SendersOf(messages), Clock.Now, cancellation)
            : null;
        await work.Db.ShareOptOutsAsync(messages.Select(message => message.AccountSid), cancellation);
        var optedOut = await work.Db.FindOptedOutAsync(messages.Where(IsQueued), cancellation);
        List<ReadyMessage> ready = [];
        foreach (var entry in due)
        {
            if (entry.Message is { Status: MessageStatus.Queued } message
                && Clock.EffectiveTime(message.AccountSid, entry.Due) is var now && !FailIfOptedOut(message, now))
                ready.Add(new(message, now) { Slot = SlotOf(entry, message, now) });
            else
                work.End(entry.Sid);
        }

        await carrier.MoveOnAsync(work, ready, rules, cancellation);

        SendSlot? SlotOf(DueMessage entry, Message message, DateTimeOffset now) =>
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
