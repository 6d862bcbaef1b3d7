using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Applies the reports that are due. One transaction stores the report, the status and the callback.</summary>
internal sealed class ApplyCarrierReports(StageServices services, CarrierReports reports) : BatchStage(services)
{
    /// <inheritdoc/>
    public override WorkQueues Queue => WorkQueues.CarrierReports;

    /// <inheritdoc/>
    public override TimeSpan MaxRest => Memory.NextReport is { } due && Clock.TimeUntil(due) is { } left
        && left < base.MaxRest ? left : base.MaxRest;

    /// <inheritdoc/>
    public override Task<bool> LockIfWaitingAsync(MessagingDb db, Sid message, CancellationToken cancellation) =>
        db.LockDeliveryAsync(message, cancellation);

    /// <inheritdoc/>
    public override void Remove(WriteBatch batch, Sid message) => batch.Part<CarrierRows>().Remove(message);

    /// <inheritdoc/>
    protected override IReadOnlyList<OwnedMessage> TakeOwned(int limit) =>
        Memory.TakeReports(Clock.GetUtcNow(), limit);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<DueMessage>> LockDueAsync(
        MessageTransaction work, int limit, CancellationToken cancellation)
    {
        var due = await work.Db.LockDueDeliveriesAsync(Clock.GetUtcNow(), limit, cancellation);
        if (due.Count == 0) return [];
        var messages = (await work.Db.LockMessagesAsync(due.Select(delivery => delivery.MessageSid), cancellation))
            .ToDictionary(message => message.Sid);
        return
        [
            .. due.Select(delivery => new DueMessage(
                delivery.MessageSid, messages.GetValueOrDefault(delivery.MessageSid), delivery.Due)
            {
                Report = delivery,
            }),
        ];
    }

    /// <inheritdoc/>
    protected override Task MoveAsync(
        MessageTransaction work, IReadOnlyList<DueMessage> due, CancellationToken cancellation)
    {
        var now = Clock.GetUtcNow();
        var rows = work.Batch.Part<CarrierRows>();
        foreach (var entry in due)
        {
            var next = reports.Apply(entry.Report!, entry.Message, work.Batch, now);
            if (work.Owned.TryContinue(entry.Sid, next)) continue;
            if (next is null) rows.Remove(entry.Sid);
            else rows.Advance(next);
        }

        return Task.CompletedTask;
    }
}
