using MessagingServices.Domain.Messages;
using MessagingServices.Server.Carriers;
using MessagingServices.Server.Persistence.Batches;
using MessagingServices.Server.Time;

namespace MessagingServices.Server.Pipeline;

/// <summary>Moves messages as the carrier reports on them. Report, status and the callback owed are one transaction.</summary>
public sealed class ApplyCarrierReports(
    PipelineTransactions transactions, ICarrier carrier, EmulatorClock clock, PipelineSignals signals) : BatchStage(transactions, clock)
{
    /// <inheritdoc/>
    protected override async Task<int> MoveAsync(int limit, CancellationToken cancellation)
    {
        await using var work = await Transactions.BeginAsync(cancellation);
        var due = await carrier.TakeReportsAsync(work.Db, Clock.GetUtcNow(), limit, cancellation);
        if (due.Count == 0) return 0;
        Take(due.Select(report => report.MessageSid));
        var messages = (await work.Db.LockMessagesAsync(due.Select(report => report.MessageSid), cancellation)).ToDictionary(m => m.Sid);
        foreach (var report in due)
        {
            // A message that was deleted or reset in the meantime has nothing to be reported on.
            if (!messages.TryGetValue(report.MessageSid, out var message) || !MessageStatuses.Next[message.Status].Contains(report.Status))
            {
                report.Dropped(work.Batch);
                continue;
            }

            var was = message.Status;
            var now = Clock.EffectiveTime(report.Due);
            work.Batch.Move(message, was, message.TransitionTo(report.Status, now, report.ErrorCode));
            report.Applied(work.Batch, now);
        }

        await work.CommitAsync(CancellationToken.None);
        signals.Wake<PostStatusCallbacks>();
        return due.Count;
    }
}
