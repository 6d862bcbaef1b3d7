using MessagingServices.Domain.Messages;
using MessagingServices.Server.Pipeline;

namespace MessagingServices.Server.Carriers;

/// <summary>
/// The carrier of the emulator: every message is sent, then delivered, each after a delay. It remembers what it has on its way in the
/// database, so a restart forgets nothing.
/// </summary>
public sealed class SimulatedCarrier(PipelineTransactions transactions, CarrierOptions options, PipelineSignals signals) : ICarrier
{
    /// <inheritdoc/>
    public async Task SubmitAsync(IReadOnlyList<CarrierSubmission> submissions, CancellationToken cancellation)
    {
        await using var work = await transactions.BeginAsync(cancellation);
        foreach (var submission in submissions)
        {
            work.Batch.Deliver(new()
            {
                MessageSid = submission.MessageSid,
                NextStatus = MessageStatus.Sent,
                Due = submission.Date.AddMilliseconds(options.SentDelayMs),
            });
        }

        await work.CommitAsync(cancellation);
        signals.Wake<ApplyCarrierReports>();
    }

    /// <summary>The report that follows on one made at <paramref name="now"/>; null when that was the last.</summary>
    internal CarrierDelivery? ReportAfter(CarrierDelivery report, DateTimeOffset now) => report.NextStatus == MessageStatus.Sent
        ? new() { MessageSid = report.MessageSid, NextStatus = MessageStatus.Delivered, Due = now.AddMilliseconds(options.DeliveredDelayMs) }
        : null;
}
