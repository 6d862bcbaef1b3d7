using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// The carrier of the emulator: does with messages what its rules say, step by step, each after a delay. It remembers what it has on its
/// way in the database, so a restart forgets nothing.
/// </summary>
internal sealed class SimulatedCarrier(CarrierOptions options, ComplianceOptions compliance) : ICarrier
{
    /// <inheritdoc/>
    public async Task SubmitAsync(
        MessageTransaction work, IReadOnlyList<CarrierSubmission> submissions, CarrierRules rules, CancellationToken cancellation)
    {
        var unregistered = compliance.EnforceA2P
            ? await work.Db.FindUnregisteredAsync(submissions.Select(submission => submission.Message), cancellation)
            : [];
        foreach (var submission in submissions)
        {
            var message = CarrierMessage.Of(submission.Message);
            var treatment = unregistered.Contains(submission.MessageSid)
                ? DeliveryPlan.ToApiError(MessagingError.UnregisteredNumber, options.Delays)
                : DeliveryPlan.Of(message, rules, options.Delays);
            work.Batch.Draw(rules.SampledRules(message), message);
            foreach (var rule in treatment.DecidedBy) work.Batch.UseRule(rule, submission.MessageSid);
            work.Batch.Deliver(CarrierDelivery.Of(submission.MessageSid, treatment, submission.Date));
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CarrierReport>> TakeReportsAsync(
        MessagingDb db, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        [.. (await db.LockDueDeliveriesAsync(now, limit, cancellation)).Select(delivery => new Report(delivery))];

    /// <summary>A report on what this carrier has on its way.</summary>
    private sealed record Report(CarrierDelivery Delivery) : CarrierReport(
        Delivery.MessageSid, Delivery.NextStatus, Delivery.NextStatus == Delivery.FinalStatus ? Delivery.ErrorCode : null, Delivery.Due)
    {
        public override CarrierReport? Applied(WriteBatch batch, DateTimeOffset now)
        {
            var next = Delivery.Next();
            if (next is null) batch.EndDelivery(MessageSid);
            else if (next.Due <= now) return new Report(next);
            else batch.ReportNext(next);
            return null;
        }

        public override void Dropped(WriteBatch batch) => batch.EndDelivery(MessageSid);
    }
}
