using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Applies the reports that are due. One transaction stores the report, the status and the callback.</summary>
internal sealed class ApplyCarrierReports(
    MessageTransactions transactions, Quarantine quarantine, CarrierReports reports, EmulatorClock clock)
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
        var rows = work.Batch.Part<CarrierRows>();
        foreach (var delivery in due)
        {
            var next = reports.Apply(delivery, messages.GetValueOrDefault(delivery.MessageSid), work.Batch, now);
            if (next is null) rows.Remove(delivery.MessageSid);
            else rows.Advance(next);
        }

        await work.CommitAsync(CancellationToken.None);
        return due.Count;
    }
}
