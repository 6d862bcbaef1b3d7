using MessagingServices.Server.Carriers;
using MessagingServices.Server.Persistence;

namespace MessagingServices.Server.Telemetry;

/// <summary>A carrier whose hand-overs are spans in the traces of the messages.</summary>
internal sealed class TracedCarrier(ICarrier carrier, MessageTracing tracing) : ICarrier
{
    public async Task SubmitAsync(IReadOnlyList<CarrierSubmission> submissions, CancellationToken cancellation)
    {
        var began = tracing.Arrive();
        await carrier.SubmitAsync(submissions, cancellation);
        tracing.HandedOver(submissions.Select(submission => submission.Message), began);
    }

    public Task<IReadOnlyList<CarrierReport>> TakeReportsAsync(MessagingDb db, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        carrier.TakeReportsAsync(db, now, limit, cancellation);
}
