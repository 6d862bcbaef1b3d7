using System.Diagnostics;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Outbound;

/// <summary>
/// Puts messages back into the queues that were in the memory of a server: of one that has left or whose heartbeat has
/// expired, and those that this server has given up. Every server runs it, without regard to <c>Pipeline:Stages</c>.
/// </summary>
internal sealed partial class ReleaseMessages(
    OwnedMessages memory, IDbContextFactory<MessagingDb> databases, NpgsqlDataSource database, ReleaseBatch batches,
    ILogger<ReleaseMessages> logger) : PipelineStage
{
    private const int BatchSize = 200;
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(5);

    private int forgottenBefore;
    private long? lastSweep;

    /// <inheritdoc/>
    public override WorkQueues Queue => WorkQueues.Released;

    /// <inheritdoc/>
    public override bool RunsEverywhere => true;

    /// <inheritdoc/>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var count = await ReleaseOwnAsync(cancellation);
        if (!await database.HasRowsAsync("server_processes WHERE has_left", cancellation)) return count;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var left in await db.ServerNodes.Where(other => other.HasLeft).Select(other => other.Id)
            .ToListAsync(cancellation))
        {
            count += await ReleaseAllAsync(left, cancellation);
            await db.ServerNodes.Where(other => other.Id == left && other.HasLeft).ExecuteDeleteAsync(cancellation);
        }

        return count;
    }

    private async Task<int> ReleaseOwnAsync(CancellationToken cancellation)
    {
        // Read first: it counts only messages that are found below.
        var departures = memory.Leaving.Departures;
        var forgotten = memory.ForgottenCount;
        var isSweep = forgotten != forgottenBefore || lastSweep is not { } last
            || Stopwatch.GetElapsedTime(last) > BetweenSweeps;
        var released = memory.Leaving.DrainReleased();
        var count = 0;
        try
        {
            foreach (var batch in released.Chunk(BatchSize))
                count += await batches.ReleaseAsync(memory.Node.Id, batch, cancellation);
            if (isSweep) count += await SweepAsync(cancellation);
        }
        catch
        {
            // The next sweep finds them.
            lastSweep = null;
            throw;
        }

        memory.Leaving.Settle(departures);
        if (isSweep) (forgottenBefore, lastSweep) = (forgotten, Stopwatch.GetTimestamp());
        return count;
    }

    /// <summary>
    /// Releases messages that the database has as this server's and that are not in its memory, for example because
    /// their commit succeeded after it had been given up. And those of servers that are not registered.
    /// </summary>
    private async Task<int> SweepAsync(CancellationToken cancellation)
    {
        if (!await database.HasRowsAsync("owned_messages", cancellation)) return 0;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var owned = await db.OwnedMessages.Where(message => message.Owner == memory.Node.Id)
            .Select(message => message.MessageSid).ToListAsync(cancellation);
        // Read afterwards: a message is in memory before its commit.
        var unknown = owned.Where(message => !memory.Contains(message)).ToList();
        var count = 0;
        foreach (var batch in unknown.Chunk(BatchSize))
            count += await batches.ReleaseAsync(memory.Node.Id, batch, cancellation);
        var strangers = await db.OwnedMessages.Where(message => db.ServerNodes.All(other => other.Id != message.Owner))
            .Select(message => message.Owner).Distinct().ToListAsync(cancellation);
        foreach (var stranger in strangers.Where(owner => owner != memory.Node.Id))
            count += await ReleaseAllAsync(stranger, cancellation);
        return count;
    }

    private async Task<int> ReleaseAllAsync(Guid owner, CancellationToken cancellation)
    {
        var count = 0;
        while (true)
        {
            var released = await batches.ReleaseAsync(
                owner, await FindAsync(owner, cancellation), cancellation);
            count += released;
            if (released > 0) continue;
            if (count > 0) LogTakenOver(count, owner);
            return count;
        }
    }

    private async Task<List<Sid>> FindAsync(Guid owner, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.OwnedMessages.Where(message => message.Owner == owner).OrderBy(message => message.MessageSid)
            .Select(message => message.MessageSid).Take(BatchSize).ToListAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "Took over {Messages} message(s) from the memory of server {Owner}")]
    private partial void LogTakenOver(int messages, Guid owner);
}
