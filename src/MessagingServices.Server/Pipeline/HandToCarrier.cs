using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Server.Carriers;
using MessagingServices.Server.Persistence.Batches;
using MessagingServices.Server.Persistence.Queues;
using MessagingServices.Server.Time;

namespace MessagingServices.Server.Pipeline;

/// <summary>
/// Hands queued messages to the carrier: claims them and makes them <c>sending</c>, commits, hands over, and only then takes them out of
/// the queue. A crash in between hands a message over again; the carrier knows it by its SID.
/// </summary>
public sealed class HandToCarrier(
    PipelineTransactions transactions, ICarrier carrier, ThisProcess process, EmulatorClock clock, PipelineSignals signals)
    : BatchStage(transactions, clock)
{
    private bool mayHoldClaims;

    /// <inheritdoc/>
    protected override async Task<int> MoveAsync(int limit, CancellationToken cancellation)
    {
        // One loop runs this stage, so claims of this process at this point are left over from a round that failed.
        if (mayHoldClaims) await ReleaseAsync(cancellation);
        mayHoldClaims = true;
        var (found, claimed) = await ClaimAsync(limit, cancellation);
        if (claimed.Count > 0)
        {
            await carrier.SubmitAsync(claimed, cancellation);
            await using var done = await Transactions.BeginAsync(CancellationToken.None);
            await done.Db.CompleteAsync(claimed.Select(submission => submission.MessageSid), process.Id, CancellationToken.None);
            await done.CommitAsync(CancellationToken.None);
        }

        mayHoldClaims = false;
        return found;
    }

    private async Task<(int Found, List<CarrierSubmission> Claimed)> ClaimAsync(int limit, CancellationToken cancellation)
    {
        await using var work = await Transactions.BeginAsync(cancellation);
        var due = await work.Db.LockDueAsync(MessageStage.HandToCarrier, Clock.GetUtcNow(), limit, cancellation);
        if (due.Count == 0) return (0, []);
        Take(due.Select(entry => entry.MessageSid));
        var messages = (await work.Db.LockMessagesAsync(due.Select(entry => entry.MessageSid), cancellation)).ToDictionary(m => m.Sid);
        List<CarrierSubmission> claimed = [];
        foreach (var entry in due)
        {
            var now = Clock.EffectiveTime(entry.Due);
            switch (messages.GetValueOrDefault(entry.MessageSid))
            {
                case { Status: MessageStatus.Queued } message when message.ValidUntil <= now:
                    work.Batch.Move(message, MessageStatus.Queued,
                        message.TransitionTo(MessageStatus.Failed, now, MessagingError.ValidityPeriodExpired.Code));
                    work.Batch.Unqueue(message.Sid);
                    break;
                case { Status: MessageStatus.Queued } message:
                    work.Batch.Move(message, MessageStatus.Queued, message.TransitionTo(MessageStatus.Sending, now));
                    claimed.Add(new(message, now));
                    break;
                case { Status: MessageStatus.Sending } message:
                    claimed.Add(new(message, now));
                    break;
                default:
                    work.Batch.Unqueue(entry.MessageSid);
                    break;
            }
        }

        await work.Db.ClaimAsync(claimed.Select(submission => submission.MessageSid), process.Id, cancellation);
        await work.CommitAsync(CancellationToken.None);
        signals.Wake<PostStatusCallbacks>();
        return (due.Count, claimed);
    }

    private async Task ReleaseAsync(CancellationToken cancellation)
    {
        await using var work = await Transactions.BeginAsync(cancellation);
        await work.Db.ReleaseMessagesAsync(process.Id, cancellation);
        await work.CommitAsync(CancellationToken.None);
    }
}
