using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;
using MessagingServices.Server.Telemetry;
using Npgsql;

namespace MessagingServices.Server.Outbound;

/// <summary>
/// Removes messages that ended more than <c>Retention:Days</c> real days ago, with all their data, in small batches.
/// Each minute it reads the messages of each account, oldest first, up to the first one that is too young. So a sweep
/// with nothing to remove costs one query.
/// </summary>
internal sealed class RemoveOldMessages(
    NpgsqlDataSource database, RetentionOptions retention, MessageTelemetry telemetry, EventBus events,
    TimeProvider realTime) : PipelineStage
{
    private const int BatchSize = 200;
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenRemovalsOfSelections = TimeSpan.FromDays(1);

    private MessagePlace reached = MessagePlace.First;
    private long? sweptAt;
    private long? removedSelectionsAt;

    /// <inheritdoc/>
    public override bool CanWait => true;

    /// <inheritdoc/>
    public override TimeSpan MaxRest => TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    /// <returns>The number of messages that were read; 0 when the sweep is complete.</returns>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        if (retention.Days == 0 || (sweptAt is { } swept && realTime.GetElapsedTime(swept) < BetweenSweeps)) return 0;
        var page = await database.FindOldMessagesAsync(reached, retention.Days, BatchSize, cancellation);
        if (page.Ended.Count > 0)
        {
            var removed = await database.RemoveMessagesAsync(
                page.Ended, retention.Days, realTime.GetUtcNow(), cancellation);
            telemetry.Removed(removed.Count);
            foreach (var message in removed)
                events.Deleted(message.Sid, message.AccountSid, message.MessagingServiceSid);
        }

        if (page.Next is null) await RemoveSelectionsAsync(cancellation);
        reached = page.Next ?? MessagePlace.First;
        sweptAt = page.Next is null ? realTime.GetTimestamp() : null;
        return page.Count;
    }

    private async Task RemoveSelectionsAsync(CancellationToken cancellation)
    {
        if (removedSelectionsAt is { } last && realTime.GetElapsedTime(last) < BetweenRemovalsOfSelections) return;
        await database.RemoveSelectionsAsync(cancellation);
        removedSelectionsAt = realTime.GetTimestamp();
    }
}
