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
    StageServices services, SenderSelectionStep selection, CarrierHandoff carrier)
    : MessageQueueStage(MessageStage.SelectSender, services)
{
    /// <inheritdoc/>
    protected override async Task<bool> MayLockAsync(MessagingDb db, CancellationToken cancellation) =>
        !selection.NeedsScheduling
        || await db.LockSchedulingAsync(MessageStage.SelectSender, Clock.RealNow, cancellation);

    /// <inheritdoc/>
    protected override ITransactionOpening OpeningFor(IReadOnlyCollection<Message> messages) =>
        new SelectionOpening(messages);

    /// <inheritdoc/>
    protected override async Task MoveAsync(
        MessageTransaction work, IReadOnlyList<DueMessage> due, CancellationToken cancellation)
    {
        var decisions = await selection.BeginAsync(
            work, [.. due.Select(entry => entry.Message).OfType<Message>()], cancellation);
        List<ReadyMessage> ready = [];
        foreach (var entry in due)
        {
            if (entry.Message is { Status: MessageStatus.Accepted or MessageStatus.Scheduled } message
                && decisions.Decide(message, Clock.EffectiveTime(message.AccountSid, entry.Due)) is { } selected)
                ready.Add(selected);
            else
                work.End(entry.Sid);
        }

        await carrier.MoveOnAsync(work, ready, decisions.Rules, cancellation);
    }
}
