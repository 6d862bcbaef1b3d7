using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// Applies the carrier's reports to messages: <c>sent</c>, <c>delivered</c> and so on. One transaction stores the
/// report, the status and the callback.
/// </summary>
internal sealed class ApplyCarrierReports(
    MessageTransactions transactions, Quarantine quarantine, PriceList prices, EmulatorClock clock)
    : BatchStage(transactions, quarantine, clock)
{
    /// <inheritdoc/>
    public override WorkQueues Queue => WorkQueues.CarrierReports;

    /// <inheritdoc/>
    public override Task<bool> LockIfWaitingAsync(MessagingDb db, Sid message, CancellationToken cancellation) =>
        db.LockDeliveryAsync(message, cancellation);

    /// <inheritdoc/>
    public override void Remove(WriteBatch batch, Sid message) => batch.Part<CarrierRows>().Remove(message);

    /// <inheritdoc/>
    protected override async Task<int> MoveAsync(int limit, CancellationToken cancellation)
    {
        await using var work = await Transactions.BeginAsync(cancellation);
        var now = Clock.GetUtcNow();
        var due = await work.Db.LockDueDeliveriesAsync(now, limit, cancellation);
        if (due.Count == 0) return 0;
        Take(due.Select(delivery => delivery.MessageSid));
        var messages = (await work.Db.LockMessagesAsync(due.Select(delivery => delivery.MessageSid), cancellation))
            .ToDictionary(message => message.Sid);
        foreach (var delivery in due) Apply(delivery, messages.GetValueOrDefault(delivery.MessageSid), work.Batch, now);
        await work.CommitAsync(CancellationToken.None);
        return due.Count;
    }

    private void Apply(CarrierDelivery delivery, Message? message, WriteBatch batch, DateTimeOffset now)
    {
        var rows = batch.Part<CarrierRows>();
        for (var report = delivery; ; )
        {
            // The message has been deleted or reset since it was submitted.
            if (message is null || !MessageStatuses.Next[message.Status].Contains(report.NextStatus))
            {
                rows.Remove(delivery.MessageSid);
                return;
            }

            Move(report, message, batch);
            if (report.Next() is not { } next)
            {
                rows.Remove(delivery.MessageSid);
                return;
            }

            if (next.Due > now)
            {
                rows.Advance(next);
                return;
            }

            report = next;
        }
    }

    private void Move(CarrierDelivery report, Message message, WriteBatch batch)
    {
        var was = message.Status;
        var date = Clock.EffectiveTime(report.Due);
        // A report due within a jump of the clock may follow a report from before the jump.
        if (date < message.DateUpdated) date = message.DateUpdated;
        if (report.NextStatus == MessageStatus.Sent) message.Charge(prices.Of(message));
        var errorCode = report.NextStatus == report.FinalStatus ? report.ErrorCode : null;
        batch.Move(message, was, message.TransitionTo(report.NextStatus, date, errorCode));
    }
}
