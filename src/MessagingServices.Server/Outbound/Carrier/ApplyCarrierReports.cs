using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Applies the reports that are due. One transaction stores the report, the status and the callback.</summary>
internal sealed class ApplyCarrierReports(StageServices services, CarrierReports reports) : BatchStage(services)
{
    private readonly ClaimCursor<CarrierDelivery> cursor = new(
        "carrier_deliveries", stage: null, delivery => (delivery.AccountSid, delivery.Due, delivery.Wake));

    /// <inheritdoc/>
    public override WorkQueues Queue => WorkQueues.CarrierReports;

    /// <inheritdoc/>
    public override TimeSpan MaxRest => Memory.NextReport is { } wake && wake - Clock.RealNow < base.MaxRest
        ? TimeSpan.FromTicks(Math.Max(0, (wake - Clock.RealNow).Ticks)) : base.MaxRest;

    /// <inheritdoc/>
    public override Task<bool> LockIfWaitingAsync(MessagingDb db, Sid message, CancellationToken cancellation) =>
        db.LockDeliveryAsync(message, cancellation);

    /// <inheritdoc/>
    public override void Remove(WriteBatch batch, Sid message) => batch.Part<CarrierRows>().Remove(message);

    /// <inheritdoc/>
    protected override string Rows => "carrier_deliveries";

    /// <inheritdoc/>
    protected override IReadOnlyList<OwnedMessage> TakeOwned(int limit) =>
        Memory.TakeReports(Clock.RealNow, limit);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<DueMessage>> LockDueAsync(
        MessageTransaction work, int limit, CancellationToken cancellation)
    {
        var due = await cursor.LockDueAsync(work.Db, Clock, limit, cancellation);
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
        var rows = work.Batch.Part<CarrierRows>();
        foreach (var entry in due)
        {
            var report = entry.Report!;
            var next = reports.Apply(report, entry.Message, work.Batch, Clock.Now(report.AccountSid));
            if (work.Owned.TryContinue(entry.Sid, next)) continue;
            if (next is null) rows.Remove(entry.Sid);
            else rows.Advance(next);
        }

        return Task.CompletedTask;
    }
}
