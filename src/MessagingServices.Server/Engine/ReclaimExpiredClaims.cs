using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Records a heartbeat every second, marks servers whose heartbeat is older than five seconds, and releases the claims
/// of these and of unknown servers. Every server runs it, without regard to <c>Pipeline:Stages</c>.
/// </summary>
internal sealed partial class ReclaimExpiredClaims(
    NpgsqlDataSource database, NodeId process, OwnedMessages memory, TimeProvider real,
    ILogger<ReclaimExpiredClaims> logger) : PipelineStage
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>A server whose own heartbeat was late for so long cannot judge the heartbeats of others.</summary>
    private static readonly TimeSpan OwnGap = TimeSpan.FromSeconds(2);

    /// <summary>It then gives the others this time for a new heartbeat; each sends one every second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Reading all claims takes longer the more webhooks are pending.</summary>
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long to wait for a transaction of an expired server. PostgreSQL ends one that is idle for five seconds.
    /// </summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>Other servers took over the claims of this one, because its heartbeat had expired.</summary>
    public event Action? ClaimsLost;

    private bool isRegistered;
    private long? lastSweep;
    private long trustsSilenceFrom;

    /// <inheritdoc/>
    public override bool RunsEverywhere => true;

    /// <inheritdoc/>
    public override TimeSpan MaxRest => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await RecordHeartbeatAsync(connection, cancellation);
        var dead = real.GetTimestamp() < trustsSilenceFrom ? 0 : await ExpireNodesAsync(connection, cancellation);
        var isSweep = dead > 0 || lastSweep is not { } last || real.GetElapsedTime(last) > BetweenSweeps;
        if (!isSweep) return 0;
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var webhooks = await connection.ReleaseExpiredWebhooksAsync(cancellation);
        var media = await connection.ReleaseExpiredMediaAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        lastSweep = real.GetTimestamp();
        if (dead + webhooks + media > 0) LogTakenOver(dead, webhooks, media);
        return 0;
    }

    /// <summary>Records a heartbeat, and registers this server if it counts as gone, or is new.</summary>
    public async Task RecordHeartbeatAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await RecordHeartbeatAsync(connection, cancellation);
    }

    /// <summary>Releases all claims of this server; called when it stops in order.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        memory.Close();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync(
            "UPDATE server_processes SET has_left = true WHERE id = $1", cancellation, Scalar.Of(process.Id));
        await connection.ReleaseExpiredWebhooksAsync(cancellation);
        await connection.ReleaseExpiredMediaAsync(cancellation);
        // Otherwise the next server puts its messages back into the queues, and then removes it.
        await connection.ExecuteAsync(
            "DELETE FROM server_processes WHERE id = $1 AND NOT EXISTS (SELECT FROM owned_messages WHERE owner = $1)",
            cancellation, Scalar.Of(process.Id));
        await transaction.CommitAsync(cancellation);
    }

    private async Task RecordHeartbeatAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var gap = await connection.RecordHeartbeatAsync(process.Id, cancellation);
        if (gap is null || gap > OwnGap) trustsSilenceFrom = real.GetTimestamp()
            + (long)(Patience.TotalSeconds * real.TimestampFrequency);
        if (gap is null)
        {
            // This server had expired for the others: the work in its memory is theirs now. It forgets that work before
            // it registers again, because a registered server may change its messages.
            if (isRegistered) Lose();
            isRegistered = await connection.RegisterAsync(process, cancellation);
        }
        else
        {
            isRegistered = true;
        }

        if (isRegistered) memory.Open();
    }

    private void Lose()
    {
        memory.Close();
        memory.ForgetAll();
        ClaimsLost?.Invoke();
    }

    private static async Task<int> ExpireNodesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var dead = 0;
        foreach (var node in await connection.FindExpiredNodesAsync(Silence, cancellation))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            if (!await transaction.TryLockNodeAsync(node, LockTimeout, cancellation)) continue;
            dead += await connection.ExpireNodeAsync(node, Silence, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return dead;
    }

    [LoggerMessage(LogLevel.Warning,
        "Took over the work of {Processes} silent server(s): {Webhooks} webhook(s), the media of {Media} message(s)")]
    private partial void LogTakenOver(int processes, int webhooks, int media);
}

/// <summary>This server among those that share the database.</summary>
/// <param name="Id">A random ID for each start.</param>
internal sealed record NodeId(Guid Id)
{
    /// <summary>What its carrier reports on messages to which no rule applies.</summary>
    public CarrierPlan? DefaultPlan { get; init; }
}

/// <summary>What the carrier of this server reports on messages to which no rule applies.</summary>
internal sealed record DefaultCarrierPlan(CarrierPlan Plan);
