using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// Hands queued messages to the carrier, or fails those whose validity period is over. That they are <c>sending</c>, that they have left the
/// queue and that the carrier has them is one transaction: no crash hands one over twice. Those whose turn is yet to come wait for it.
/// </summary>
internal sealed class CarrierHandoff(ICarrier carrier, PipelineOptions options)
{
    /// <summary>Whether this process hands messages over: <c>Pipeline:Stages</c> names <see cref="HandToCarrier"/>.</summary>
    public bool IsHere => options.Runs(nameof(HandToCarrier));

    /// <summary>Hands messages over, or leaves them to <see cref="HandToCarrier"/>: of another process, or of a later time.</summary>
    /// <param name="work">The transaction; the messages and their places in the queue are locked in it.</param>
    /// <param name="queued">The messages.</param>
    /// <param name="rules">The carrier rules for them, locked too.</param>
    /// <param name="cancellation">Gives it up.</param>
    public async Task HandOverAsync(
        MessageTransaction work, IReadOnlyList<ReadyMessage> queued, CarrierRules rules, CancellationToken cancellation)
    {
        List<CarrierSubmission> submissions = [];
        foreach (var one in queued)
        {
            if (one.Turn is { IsRefused: true }) Fail(work.Batch, one, MessagingError.QueueOverflow);
            else if (!IsHere || one.Turn?.At > one.Now) work.Batch.MoveOn(one.Message.Sid, MessageStage.HandToCarrier, one.Turn?.At ?? one.Now, one.Turn is not null);
            else if (one.Message.ValidUntil <= one.Now) Fail(work.Batch, one, MessagingError.ValidityPeriodExpired);
            else submissions.Add(Submit(work.Batch, one));
        }

        if (submissions.Count > 0) await carrier.SubmitAsync(work, submissions, rules, cancellation);
    }

    private static void Fail(WriteBatch batch, ReadyMessage queued, MessagingError error)
    {
        batch.Unqueue(queued.Message.Sid);
        batch.Move(queued.Message, MessageStatus.Queued, queued.Message.TransitionTo(MessageStatus.Failed, queued.Now, error.Code));
    }

    private static CarrierSubmission Submit(WriteBatch batch, ReadyMessage queued)
    {
        batch.Unqueue(queued.Message.Sid);
        batch.Move(queued.Message, MessageStatus.Queued, queued.Message.TransitionTo(MessageStatus.Sending, queued.Now));
        return new(queued.Message, queued.Now);
    }
}

/// <summary>A queued message on its way to the carrier.</summary>
/// <param name="Message">The message.</param>
/// <param name="Now">The time that it is for it.</param>
internal readonly record struct ReadyMessage(Message Message, DateTimeOffset Now)
{
    /// <summary>What stands for its media in the links that it carries in their place; null when it carries none.</summary>
    public IReadOnlyList<string>? LinkTokens { get; init; }

    /// <summary>Its turn at its sender; null where senders send everything at once.</summary>
    public SendSlot? Turn { get; init; }
}

/// <summary>A message's turn at its sender.</summary>
/// <param name="At">When it is; null when too much waits already, so that it has none.</param>
internal readonly record struct SendSlot(DateTimeOffset? At)
{
    /// <summary>Whether the sender's queue is full.</summary>
    public bool IsRefused => At is null;
}
