using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// Hands messages with a sender to the carrier. One transaction makes a message <c>sending</c>, removes it from its
/// queue and submits it to the carrier. So no crash submits it twice.
/// </summary>
internal sealed class CarrierHandoff(
    SimulatedCarrier carrier, PipelineOptions options, WhatsAppWindows windows, AccountCache accounts)
{
    /// <summary>
    /// Whether this process submits messages: <c>Pipeline:Stages</c> contains <see cref="HandToCarrier"/>.
    /// </summary>
    private readonly bool runsHere = options.Runs(nameof(HandToCarrier));

    /// <summary>
    /// Submits messages to the carrier. Messages with media first go to <c>FetchMedia</c>. Messages for a later time or
    /// for another process go to the stage <see cref="HandToCarrier"/>. A message fails when its account is suspended
    /// or closed, its validity period is over, its sender's queue is full or its WhatsApp window is not open.
    /// </summary>
    /// <param name="work">The transaction. It has locked the messages and their queue entries.</param>
    /// <param name="rules">The carrier rules for the messages, locked in the same transaction.</param>
    public async Task MoveOnAsync(
        MessageTransaction work, IReadOnlyList<ReadyMessage> ready, CarrierRules rules, CancellationToken cancellation)
    {
        List<ReadyMessage> submitted = [];
        var inactive = await FindInactiveAsync(ready, cancellation);
        foreach (var next in ready)
        {
            if (inactive.Contains(next.Message.AccountSid)) Fail(work, next, MessagingError.AccountSuspended);
            else if (next.Slot is { IsRejected: true }) Fail(work, next, MessagingError.QueueOverflow);
            else if (next.NeedsMedia) FetchMedia(work, next);
            else if (!runsHere || next.Slot?.At > next.Now) Wait(work, next);
            else if (next.Message.ValidUntil <= next.Now) Fail(work, next, MessagingError.ValidityPeriodExpired);
            else submitted.Add(next);
        }

        var failing = await windows.FindFailingAsync(work.Db, submitted, cancellation);
        if (failing.Count > 0)
        {
            foreach (var next in submitted)
                if (failing.TryGetValue(next.Message.Sid, out var error)) Fail(work, next, error);
            submitted.RemoveAll(next => failing.ContainsKey(next.Message.Sid));
        }

        foreach (var next in submitted) Submit(work.Batch, next);
        if (submitted.Count > 0) await carrier.SubmitAsync(work, submitted, rules, cancellation);
    }

    private async Task<IReadOnlySet<Sid>> FindInactiveAsync(
        IReadOnlyList<ReadyMessage> ready, CancellationToken cancellation)
    {
        var found = await accounts.FindAllAsync(ready.Select(next => next.Message.AccountSid), cancellation);
        return found.Values.Where(account => account.Status != AccountStatus.Active).Select(account => account.Sid)
            .ToHashSet();
    }

    // Messages with media and messages with a slot are never in memory.
    private static void FetchMedia(MessageTransaction work, ReadyMessage ready)
    {
        work.Batch.MessageQueue.Remove(ready.Message.Sid);
        work.Batch.MediaQueue.Add(QueuedMedia.Of(ready.Message, ready.Now, ready.LinkTokens, ready.Slot?.At));
    }

    private static void Wait(MessageTransaction work, ReadyMessage ready)
    {
        var (due, hasSlot) = (ready.Slot?.At ?? ready.Now, ready.Slot is not null);
        work.Batch.MessageQueue.Place(ready.Message, MessageStage.HandToCarrier, due, hasSlot);
    }

    private static void Fail(MessageTransaction work, ReadyMessage ready, MessagingError error)
    {
        work.End(ready.Message.Sid);
        var callback = ready.Message.TransitionTo(MessageStatus.Failed, ready.Now, error.Code);
        work.Batch.Move(ready.Message, MessageStatus.Queued, callback);
    }

    private static void Submit(WriteBatch batch, ReadyMessage ready)
    {
        batch.Move(ready.Message, MessageStatus.Queued, ready.Message.TransitionTo(MessageStatus.Sending, ready.Now));
    }
}

/// <summary>A queued message with a sender.</summary>
/// <param name="Now">
/// The emulator's time for this message. Within a jump of the clock, each message has its own time.
/// </param>
internal readonly record struct ReadyMessage(Message Message, DateTimeOffset Now)
{
    /// <summary>Whether the media must be fetched before the message is submitted.</summary>
    public bool NeedsMedia { get; init; }

    /// <summary>The tokens of the links that replace the media; null when there are no links.</summary>
    public IReadOnlyList<string>? LinkTokens { get; init; }

    /// <summary>The send slot; null when throughput is not simulated or the message has its slot already.</summary>
    public SendSlot? Slot { get; init; }
}

/// <summary>A message's send slot at its sender.</summary>
/// <param name="At">The time of the slot; null when the sender's queue is full.</param>
internal readonly record struct SendSlot(DateTimeOffset? At)
{
    /// <summary>Whether the message gets no slot because the sender's queue is full.</summary>
    public bool IsRejected => At is null;
}
