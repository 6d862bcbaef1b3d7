using MessagingServices.Server.Persistence;
using MessagingServices.Server.Persistence.Batches;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Pipeline;

/// <summary>
/// Shows every second that this process lives, and takes back the claims of processes that have not shown themselves for five seconds.
/// Runs on every server, whatever <c>Pipeline:Stages</c> says, and for a server that has just started also before its first claim.
/// </summary>
public sealed partial class ReclaimAbandonedWork(
    IDbContextFactory<MessagingDb> databases, ThisProcess process, ILogger<ReclaimAbandonedWork> logger) : PipelineStage
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override bool RunsEverywhere => true;

    /// <inheritdoc/>
    public override TimeSpan LongestRest => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.ShowAliveAsync(process.Id, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var dead = await db.RemoveSilentProcessesAsync(Silence, cancellation);
        if (dead.Count == 0) return 0;
        var messages = await db.ReleaseMessagesAsync(dead, cancellation);
        var webhooks = await db.ReleaseWebhooksAsync(dead, cancellation);
        await transaction.CommitAsync(cancellation);
        LogTakenOver(dead.Count, messages, webhooks);
        return 0;
    }

    /// <summary>Gives back everything that this process holds; called when it stops in order.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.ReleaseMessagesAsync([process.Id], cancellation);
        await db.ReleaseWebhooksAsync([process.Id], cancellation);
        await db.ServerProcesses.Where(p => p.Id == process.Id).ExecuteDeleteAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "Took over the work of {Processes} silent server(s): {Messages} message(s), {Webhooks} webhook(s)")]
    private partial void LogTakenOver(int processes, int messages, int webhooks);
}

/// <summary>This process among the servers that share the database.</summary>
/// <param name="Id">Drawn at start.</param>
public sealed record ThisProcess(Guid Id);
