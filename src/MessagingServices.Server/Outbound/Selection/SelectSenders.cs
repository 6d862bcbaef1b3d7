using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Throughput;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>
/// Selects a sender from the Messaging Service's pool for accepted messages, and for scheduled messages whose time has
/// come. A message fails when no sender can carry it. The stage is one transaction, so a crash changes nothing.
/// </summary>
/// <remarks>
/// If this process also runs <see cref="HandToCarrier"/>, the same transaction submits the messages to the carrier.
/// This saves a second queue entry, and one of three writes per message.
/// </remarks>
internal sealed class SelectSenders(
    MessageTransactions transactions, Quarantine quarantine, SenderSelectionStep selection, CarrierHandoff carrier,
    EmulatorClock clock)
    : MessageQueueStage(MessageStage.SelectSender, transactions, quarantine, clock)
{
    /// <inheritdoc/>
    protected override async Task<int> MoveAsync(int limit, CancellationToken cancellation)
    {
        await using var work = await Transactions.BeginAsync(cancellation);
        if (selection.NeedsScheduling
            && !await work.Db.LockSchedulingAsync(MessageStage.SelectSender, Clock.GetUtcNow(), cancellation)) return 0;
        var due = await work.Db.LockDueAsync(MessageStage.SelectSender, Clock.GetUtcNow(), limit, cancellation);
        if (due.Count == 0) return 0;
        Take(due.Select(entry => entry.MessageSid));
        var messages = (await work.Db.LockMessagesAsync(due.Select(entry => entry.MessageSid), cancellation))
            .ToDictionary(m => m.Sid);
        var decisions = await selection.BeginAsync(work, messages.Values, cancellation);
        List<ReadyMessage> ready = [];
        foreach (var entry in due)
        {
            var message = messages.GetValueOrDefault(entry.MessageSid);
            if (message is { Status: MessageStatus.Accepted or MessageStatus.Scheduled }
                && decisions.Decide(message, Clock.EffectiveTime(entry.Due)) is { } selected)
                ready.Add(selected);
            else
                work.Batch.MessageQueue.Remove(entry.MessageSid);
        }

        await carrier.MoveOnAsync(work, ready, decisions.Rules, cancellation);
        await work.CommitAsync(CancellationToken.None);
        return due.Count;
    }
}
