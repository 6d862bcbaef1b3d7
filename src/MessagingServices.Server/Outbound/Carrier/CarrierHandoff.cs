using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// Hands messages with a sender to the carrier. One transaction makes a message <c>sending</c>, removes it from its queue and gives it to
/// the carrier, so no crash hands it over twice.
/// </summary>
internal sealed class CarrierHandoff(SimulatedCarrier carrier, PipelineOptions options)
{
    /// <summary>Whether this process hands messages over: <c>Pipeline:Stages</c> names <see cref="HandToCarrier"/>.</summary>
    private readonly bool isHere = options.Runs(nameof(HandToCarrier));

    /// <summary>
    /// Moves messages on from their place in the queue: to the carrier, or first to <c>FetchMedia</c>, or to the stage
    /// <see cref="HandToCarrier"/> of a later time or of another process. A message whose validity period is over fails.
    /// </summary>
    /// <param name="work">The transaction; it has locked the messages and their places in the queue.</param>
    /// <param name="ready">The messages.</param>
    /// <param name="rules">The carrier rules for them, locked too.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task MoveOnAsync(
        MessageTransaction work, IReadOnlyList<ReadyMessage> ready, CarrierRules rules, CancellationToken cancellation)
    {
        List<ReadyMessage> submitted = [];
        foreach (var one in ready)
        {
            if (one.Slot is { IsRefused: true }) Fail(work.Batch, one, MessagingError.QueueOverflow);
            else if (one.NeedsMedia) FetchMedia(work.Batch, one);
            else if (!isHere || one.Slot?.At > one.Now) Wait(work.Batch, one);
            else if (one.Message.ValidUntil <= one.Now) Fail(work.Batch, one, MessagingError.ValidityPeriodExpired);
            else submitted.Add(Submit(work.Batch, one));
        }

        if (submitted.Count > 0) await carrier.SubmitAsync(work, submitted, rules, cancellation);
    }

    private static void FetchMedia(WriteBatch batch, ReadyMessage ready)
    {
        batch.MessageQueue.Remove(ready.Message.Sid);
        batch.MediaQueue.Add(QueuedMedia.Of(ready.Message, ready.Now, ready.LinkTokens, ready.Slot?.At));
    }

    private static void Wait(WriteBatch batch, ReadyMessage ready) => batch.MessageQueue.Advance(
        ready.Message.Sid, MessageStage.HandToCarrier, ready.Slot?.At ?? ready.Now, hasSlot: ready.Slot is not null);

    private static void Fail(WriteBatch batch, ReadyMessage ready, MessagingError error)
    {
        batch.MessageQueue.Remove(ready.Message.Sid);
        batch.Move(ready.Message, MessageStatus.Queued, ready.Message.TransitionTo(MessageStatus.Failed, ready.Now, error.Code));
    }

    private static ReadyMessage Submit(WriteBatch batch, ReadyMessage ready)
    {
        batch.MessageQueue.Remove(ready.Message.Sid);
        batch.Move(ready.Message, MessageStatus.Queued, ready.Message.TransitionTo(MessageStatus.Sending, ready.Now));
        return ready;
    }
}

/// <summary>A queued message with a sender.</summary>
/// <param name="Message">The message.</param>
/// <param name="Now">The emulator's time for this message; within a jump of the clock each message has its own.</param>
internal readonly record struct ReadyMessage(Message Message, DateTimeOffset Now)
{
    /// <summary>Whether its media must be fetched before the carrier gets it.</summary>
    public bool NeedsMedia { get; init; }

    /// <summary>The tokens of the links that replace its media; null when there are no links.</summary>
    public IReadOnlyList<string>? LinkTokens { get; init; }

    /// <summary>Its send slot; null when senders send everything at once.</summary>
    public SendSlot? Slot { get; init; }
}

/// <summary>A message's send slot at its sender.</summary>
/// <param name="At">The time; null when the sender's queue is full, so that the message gets none.</param>
internal readonly record struct SendSlot(DateTimeOffset? At)
{
    /// <summary>Whether the sender's queue is full.</summary>
    public bool IsRefused => At is null;
}
