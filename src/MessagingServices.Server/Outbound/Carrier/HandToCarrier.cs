using MessagingServices.Server.Outbound.Select;
using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Throughput;
using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// Hands queued messages to the carrier: those sent without a Messaging Service, and those that <see cref="SelectSenders"/> left for later. Fails
/// those whose recipients have opted out by now.
/// </summary>
internal sealed class HandToCarrier(
    MessageTransactions transactions, CarrierHandoff carrier, ThroughputOptions throughput, EmulatorClock clock, PipelineSignals signals)
    : BatchStage(transactions, MessageStage.HandToCarrier, clock)
{
    /// <inheritdoc/>
    protected override async Task<int> MoveAsync(int limit, CancellationToken cancellation)
    {
        await using var work = await Transactions.BeginAsync(cancellation);
        if (throughput.Simulate && !await work.Db.LockSchedulingAsync(MessageStage.HandToCarrier, Clock.GetUtcNow(), cancellation)) return 0;
        var due = await work.Db.LockDueAsync(MessageStage.HandToCarrier, Clock.GetUtcNow(), limit, cancellation);
        if (due.Count == 0) return 0;
        Take(due.Select(entry => entry.MessageSid));
        var messages = (await work.Db.LockMessagesAsync(due.Select(entry => entry.MessageSid), cancellation)).ToDictionary(m => m.Sid);
        var rules = await CarrierRuleReader.LockAsync(work.Db, messages.Values, cancellation);
        var turns = throughput.Simulate ? await SendSchedule.LockAsync(work.Db, throughput.Rates, SendersOf(messages.Values), cancellation) : null;
        await work.Db.ShareOptOutsAsync(messages.Values.Select(message => message.AccountSid), cancellation);
        var optedOut = await work.Db.FindOptedOutAsync(messages.Values.Where(IsQueued), cancellation);
        List<ReadyMessage> queued = [];
        foreach (var entry in due)
        {
            var now = Clock.EffectiveTime(entry.Due);
            if (messages.GetValueOrDefault(entry.MessageSid) is { Status: MessageStatus.Queued } message && !HasOptedOut(message, now))
                queued.Add(new(message, now) { Turn = turns is null || entry.HasTurn ? null : new(turns.Join(message, now, work.Batch)) });
            else
                work.Batch.Unqueue(entry.MessageSid);
        }

        await carrier.HandOverAsync(work, queued, rules, cancellation);
        await work.CommitAsync(CancellationToken.None);
        signals.Wake<ApplyCarrierReports>();
        signals.Wake<DeliverWebhooks>();
        return due.Count;

        bool HasOptedOut(Message message, DateTimeOffset now)
        {
            if (!optedOut.Contains(message.Sid)) return false;
            work.Batch.Move(message, message.Status, message.TransitionTo(MessageStatus.Failed, now, MessagingError.OptedOut.Code));
            return true;
        }
    }

    private static bool IsQueued(Message message) => message.Status == MessageStatus.Queued;

    private static HashSet<(Sid Account, string Address)> SendersOf(IEnumerable<Message> messages) =>
        [.. messages.Where(message => message.From is not null).Select(message => (message.AccountSid, message.From!))];
}
