using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Server.Carriers;

namespace MessagingServices.Server.Pipeline;

/// <summary>
/// Hands queued messages to the carrier, or fails those whose validity period is over. That they are <c>sending</c>, that they have left the
/// queue and that the carrier has them is one transaction: no crash hands one over twice.
/// </summary>
public sealed class CarrierHandOver(ICarrier carrier, PipelineOptions options)
{
    /// <summary>Whether this process hands messages over: <c>Pipeline:Stages</c> names <see cref="HandToCarrier"/>.</summary>
    public bool IsHere => options.Runs(nameof(HandToCarrier));

    /// <summary>Hands messages over.</summary>
    /// <param name="work">The transaction; the messages and their places in the queue are locked in it.</param>
    /// <param name="queued">The messages, each with the time that it is for it.</param>
    /// <param name="rules">The carrier rules for them, locked too.</param>
    /// <param name="cancellation">Gives it up.</param>
    public async Task HandOverAsync(
        PipelineTransaction work, IReadOnlyList<(Message Message, DateTimeOffset Now)> queued, CarrierRules rules, CancellationToken cancellation)
    {
        List<CarrierSubmission> submissions = [];
        foreach (var (message, now) in queued)
        {
            work.Batch.Unqueue(message.Sid);
            if (message.ValidUntil <= now)
            {
                work.Batch.Move(message, MessageStatus.Queued, message.TransitionTo(MessageStatus.Failed, now, MessagingError.ValidityPeriodExpired.Code));
                continue;
            }

            work.Batch.Move(message, MessageStatus.Queued, message.TransitionTo(MessageStatus.Sending, now));
            submissions.Add(new(message, now));
        }

        if (submissions.Count > 0) await carrier.SubmitAsync(work, submissions, rules, cancellation);
    }
}
