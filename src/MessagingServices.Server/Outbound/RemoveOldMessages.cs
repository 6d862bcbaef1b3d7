using MessagingServices.Server.Engine;
using MessagingServices.Server.Telemetry;
using Npgsql;

namespace MessagingServices.Server.Outbound;

/// <summary>
/// Removes messages that ended more than <c>Retention:Days</c> real days ago, with all that is theirs, little by little. Each minute it goes
/// through the messages of each account, oldest first, until it meets one that was stored since: so nothing to remove costs one look.
/// </summary>
internal sealed class RemoveOldMessages(
    NpgsqlDataSource database, RetentionOptions retention, MessageTelemetry telemetry, EmulatorClock clock, TimeProvider real) : PipelineStage
{
    private const int BatchSize = 200;
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(1);

    private MessagePlace reached = MessagePlace.First;
    private long? sweptAt;

    /// <inheritdoc/>
    public override bool CanWait => true;

    /// <inheritdoc/>
    public override TimeSpan MaxRest => TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    /// <returns>How many messages were looked at; 0 when there are no more for now.</returns>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        if (retention.Days == 0 || (sweptAt is { } swept && real.GetElapsedTime(swept) < BetweenSweeps)) return 0;
        var look = await database.FindOldMessagesAsync(reached, retention.Days, BatchSize, cancellation);
        if (look.Ended.Count > 0) telemetry.Removed(await database.RemoveMessagesAsync(look.Ended, retention.Days, clock.GetUtcNow(), cancellation));
        reached = look.Next ?? MessagePlace.First;
        sweptAt = look.Next is null ? real.GetTimestamp() : null;
        return look.Looked;
    }
}
