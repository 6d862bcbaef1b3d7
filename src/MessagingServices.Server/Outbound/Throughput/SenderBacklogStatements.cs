using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Throughput;

/// <summary>The queues of senders, where throughput is simulated.</summary>
internal static class SenderBacklogStatements
{
    /// <summary>The advisory lock's key within the database.</summary>
    private const long OrderOfTurns = 0x53656E6465727301;

    /// <summary>
    /// Lets the servers give turns one after the other, until the transaction ends: in a jump of the clock a batch that is due later would else take its
    /// turns before one that is due earlier. Comes before all other locks.
    /// </summary>
    /// <returns>Whether something is due; otherwise nothing is locked.</returns>
    public static async Task<bool> LockSchedulingAsync(this MessagingDb db, MessageStage stage, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!await db.MessageQueue.AnyAsync(entry => entry.Stage == stage && entry.Due <= now, cancellation)) return false;
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({OrderOfTurns})", cancellation);
        return true;
    }

    /// <summary>Locks queues for the rest of the transaction; those that there are not yet are made. All lock them in one order.</summary>
    public static async Task<IReadOnlyList<SenderBacklog>> LockSenderBacklogsAsync(
        this MessagingDb db, IReadOnlyList<(Sid Account, string Name)> queues, CancellationToken cancellation)
    {
        var (accounts, names) = Split(queues);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO sender_backlogs (account_sid, name, free_at)
             SELECT account_sid, name, to_timestamp(0) FROM unnest({accounts}, {names}) AS queue (account_sid, name) ORDER BY account_sid, name
             ON CONFLICT (account_sid, name) DO NOTHING
             """, cancellation);
        return await db.SenderBacklogs.FromSql(
            $"""
             SELECT * FROM sender_backlogs WHERE (account_sid, name) IN (SELECT * FROM unnest({accounts}, {names}))
             ORDER BY account_sid, name FOR UPDATE
             """).AsNoTracking().ToListAsync(cancellation);
    }

    /// <summary>Reads the queues that there are.</summary>
    public static async Task<IReadOnlyList<SenderBacklog>> ReadSenderBacklogsAsync(
        this MessagingDb db, IReadOnlyList<(Sid Account, string Name)> queues, CancellationToken cancellation)
    {
        var (accounts, names) = Split(queues);
        return await db.SenderBacklogs.FromSql($"SELECT * FROM sender_backlogs WHERE (account_sid, name) IN (SELECT * FROM unnest({accounts}, {names}))")
            .AsNoTracking().ToListAsync(cancellation);
    }

    private static (string[] Accounts, string[] Names) Split(IReadOnlyList<(Sid Account, string Name)> queues) =>
        ([.. queues.Select(queue => queue.Account.Value)], [.. queues.Select(queue => queue.Name)]);
}
