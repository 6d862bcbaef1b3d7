using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Records a heartbeat every second, and releases the claims of servers whose heartbeat is older than five seconds, and
/// of unknown servers. Every server runs it, without regard to <c>Pipeline:Stages</c>.
/// </summary>
internal sealed partial class ReclaimExpiredClaims(
    IDbContextFactory<MessagingDb> databases, NodeId process, TimeProvider real,
    ILogger<ReclaimExpiredClaims> logger) : PipelineStage
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>A server whose own heartbeat was late for so long cannot judge the heartbeats of others.</summary>
    private static readonly TimeSpan OwnGap = TimeSpan.FromSeconds(2);

    /// <summary>It then gives the others this time for a new heartbeat; each sends one every second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Reading all claims takes longer the more webhooks are pending.</summary>
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(5);

    /// <summary>Other servers took over the claims of this one, because its heartbeat had expired.</summary>
    public event Action? ClaimsLost;

    private bool hasShown;
    private long? lastSweep;
    private long trustsSilenceFrom;

    /// <inheritdoc/>
    public override bool RunsEverywhere => true;

    /// <inheritdoc/>
    public override TimeSpan MaxRest => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var gap = await db.RecordHeartbeatAsync(process.Id, cancellation);
        // This server had expired for the others: the claims in its memory are theirs now.
        if (gap is null && hasShown) ClaimsLost?.Invoke();
        if (gap is null || gap > OwnGap) trustsSilenceFrom = real.GetTimestamp()
            + (long)(Patience.TotalSeconds * real.TimestampFrequency);
        hasShown = true;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var dead = real.GetTimestamp() < trustsSilenceFrom ? 0
            : await db.RemoveExpiredNodesAsync(Silence, cancellation);
        var isSweep = dead > 0 || lastSweep is not { } last || real.GetElapsedTime(last) > BetweenSweeps;
        var webhooks = isSweep ? await db.ReleaseExpiredWebhooksAsync(cancellation) : 0;
        var media = isSweep ? await db.ReleaseExpiredMediaAsync(cancellation) : 0;
        await transaction.CommitAsync(cancellation);
        if (isSweep) lastSweep = real.GetTimestamp();
        if (dead + webhooks + media > 0) LogTakenOver(dead, webhooks, media);
        return 0;
    }

    /// <summary>Releases all claims of this server; called when it stops in order.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.ServerNodes.Where(p => p.Id == process.Id).ExecuteDeleteAsync(cancellation);
        await db.ReleaseExpiredWebhooksAsync(cancellation);
        await db.ReleaseExpiredMediaAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Warning,
        "Took over the work of {Processes} silent server(s): {Webhooks} webhook(s), the media of {Media} message(s)")]
    private partial void LogTakenOver(int processes, int webhooks, int media);
}

/// <summary>This server among those that share the database.</summary>
/// <param name="Id">A random ID for each start.</param>
internal sealed record NodeId(Guid Id);
