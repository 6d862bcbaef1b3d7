using MessagingServices.Server.Engine;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Moves messages as the carrier reports on them. Report, status and the callback owed are one transaction.</summary>
internal sealed class ApplyCarrierReports(
    MessageTransactions transactions, ICarrier carrier, PriceList prices, EmulatorClock clock, PipelineSignals signals)
    : BatchStage(transactions, null, clock)
{
    /// <inheritdoc/>
    protected override async Task<int> MoveAsync(int limit, CancellationToken cancellation)
    {
        await using var work = await Transactions.BeginAsync(cancellation);
        var now = Clock.GetUtcNow();
        var due = await carrier.TakeReportsAsync(work.Db, now, limit, cancellation);
        if (due.Count == 0) return 0;
        Take(due.Select(report => report.MessageSid));
        var messages = (await work.Db.LockMessagesAsync(due.Select(report => report.MessageSid), cancellation)).ToDictionary(m => m.Sid);
        foreach (var first in due)
        {
            for (var report = first; report is not null; )
                report = Apply(report, messages.GetValueOrDefault(report.MessageSid), work.Batch, now);
        }

        await work.CommitAsync(CancellationToken.None);
        signals.Wake<DeliverWebhooks>();
        return due.Count;
    }

    /// <returns>The next report on the message, when that is due too.</returns>
    private CarrierReport? Apply(CarrierReport report, Message? message, WriteBatch batch, DateTimeOffset now)
    {
        // A message that was deleted or reset in the meantime has nothing to be reported on.
        if (message is null || !MessageStatuses.Next[message.Status].Contains(report.Status))
        {
            report.Dropped(batch);
            return null;
        }

        var was = message.Status;
        var date = Clock.EffectiveTime(report.Due);
        // A report from within a jump of the clock may follow one from before it.
        if (date < message.DateUpdated) date = message.DateUpdated;
        if (report.Status == MessageStatus.Sent) message.Charge(prices.Of(message));
        batch.Move(message, was, message.TransitionTo(report.Status, date, report.ErrorCode));
        return report.Applied(batch, now);
    }
}
