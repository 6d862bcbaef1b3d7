using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// The emulator's carrier. Carrier rules decide the outcome of a message. It reports each status after a delay. Its
/// deliveries are in the database, so a restart loses none.
/// </summary>
internal sealed class SimulatedCarrier(
    CarrierOptions options, ComplianceOptions compliance, CarrierReports reports, EmulatorClock clock,
    PipelineOptions pipeline)
{
    private readonly bool appliesReports = pipeline.Runs(nameof(ApplyCarrierReports));

    /// <summary>
    /// Accepts messages in the transaction that makes them <c>sending</c>. So the carrier has them if and only if that
    /// transaction commits. A second submission of a message changes nothing. Reports without a delay are applied in
    /// the same transaction.
    /// </summary>
    /// <param name="rules">The carrier rules for the messages, locked in this transaction.</param>
    public async Task SubmitAsync(
        MessageTransaction work, IReadOnlyList<ReadyMessage> messages, CarrierRules rules,
        CancellationToken cancellation)
    {
        var refused = compliance.EnforceA2P
            ? await work.Db.FindRefusedAsync(messages.Select(ready => ready.Message), clock.Now, cancellation)
            : [];
        var rows = work.Batch.Part<CarrierRows>();
        foreach (var ready in messages)
        {
            var message = CarrierMessage.Of(ready.Message);
            var plan = refused.TryGetValue(ready.Message.Sid, out var error)
                ? DeliveryPlan.Reject(error, options.Delays)
                : DeliveryPlan.Of(message, rules, options.Delays);
            rows.Sample(rules.SampledRules(message), message);
            foreach (var rule in plan.DecidedBy) rows.Use(rule, ready.Message.Sid);
            var delivery = CarrierDelivery.Of(
                ready.Message.AccountSid, ready.Message.Sid, plan.Reports, ready.Now);
            var next = appliesReports
                ? reports.Apply(delivery, ready.Message, work.Batch, clock.Now(delivery.AccountSid)) : delivery;
            // A successor resumes the delivery of a message in memory by the plan, also after its last report.
            if (plan.Reports != options.Delays.DefaultPlan) ready.Message.SetCarrierPlan(plan.Reports);
            Continue(work, ready.Message, next);
        }
    }
    private void Continue(MessageTransaction work, Message message, CarrierDelivery? next)
    {
        if (work.Owned.TryContinue(message.Sid, next)) return;
        // A server that moves the clock waits for what the queues have. This one may have told it already that its
        // memory has nothing more.
        if (!clock.StateOf(message.AccountSid).IsFromBeforeMove(message.DateCreated)
            && work.Owned.TryTake(message, next)) return;
        work.Batch.MessageQueue.Remove(message.Sid);
        if (next is not null) work.Batch.Part<CarrierRows>().Add(next);
    }
}
