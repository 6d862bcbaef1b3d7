using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// The emulator's carrier. It treats messages by its rules and reports on them step by step, each after a delay. Its deliveries are in the
/// database, so a restart loses none.
/// </summary>
internal sealed class SimulatedCarrier(CarrierOptions options, ComplianceOptions compliance)
{
    /// <summary>
    /// Takes messages in the transaction in which they become <c>sending</c>: the carrier has them exactly when it commits. A message that
    /// the carrier has already is not taken again.
    /// </summary>
    /// <param name="work">The transaction.</param>
    /// <param name="messages">The messages, with their senders.</param>
    /// <param name="rules">The carrier rules for them, locked in this transaction.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task SubmitAsync(
        MessageTransaction work, IReadOnlyList<ReadyMessage> messages, CarrierRules rules, CancellationToken cancellation)
    {
        var unregistered = compliance.EnforceA2P
            ? await work.Db.FindUnregisteredAsync(messages.Select(ready => ready.Message), cancellation)
            : [];
        var rows = work.Batch.Part<CarrierRows>();
        foreach (var ready in messages)
        {
            var message = CarrierMessage.Of(ready.Message);
            var plan = unregistered.Contains(ready.Message.Sid)
                ? DeliveryPlan.Reject(MessagingError.UnregisteredNumber, options.Delays)
                : DeliveryPlan.Of(message, rules, options.Delays);
            rows.Sample(rules.SampledRules(message), message);
            foreach (var rule in plan.DecidedBy) rows.Use(rule, ready.Message.Sid);
            rows.Add(CarrierDelivery.Of(ready.Message.Sid, plan, ready.Now));
        }
    }
}
