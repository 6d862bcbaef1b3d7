using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Throughput;

/// <summary>Reads and locks the backlogs of senders. Used only when throughput is simulated.</summary>
internal static class SenderBacklogStatements
{
    /// <summary>The key of the advisory lock, unique within the database.</summary>
    private const long SchedulingLock = 0x53656E6465727301;

    /// <summary>
    /// Lets only one server assign send slots until the transaction ends. Otherwise, in a jump of the clock, a batch
    /// that is due later could take slots before a batch that is due earlier. Take this lock before all others.
    /// </summary>
    /// <param name="db">The database of the transaction.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="now">The real time.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Whether a message is due at the stage. If false, nothing is locked.</returns>
    public static async Task<bool> LockSchedulingAsync(
        this MessagingDb db, MessageStage stage, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!await db.MessageQueue.AnyAsync(entry => entry.Stage == stage && entry.Wake <= now, cancellation))
            return false;
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({SchedulingLock})", cancellation);
        return true;
    }

    /// <summary>
    /// Locks backlogs until the transaction ends, and creates missing ones. All servers lock them in the same order, to
    /// avoid deadlocks.
    /// </summary>
    public static async Task<IReadOnlyList<SenderBacklog>> LockSenderBacklogsAsync(
        this MessagingDb db, IReadOnlyList<(Sid Account, string Name)> backlogs, CancellationToken cancellation)
    {
        var (accounts, names) = Split(backlogs);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO sender_backlogs (account_sid, name, free_at)
             SELECT account_sid, name, to_timestamp(0)
             FROM unnest({accounts}, {names}) AS backlog (account_sid, name) ORDER BY account_sid, name
             ON CONFLICT (account_sid, name) DO NOTHING
             """, cancellation);
        return await db.SenderBacklogs.FromSql(
            $"""
             SELECT * FROM sender_backlogs WHERE (account_sid, name) IN (SELECT * FROM unnest({accounts}, {names}))
             ORDER BY account_sid, name FOR UPDATE
             """).AsNoTracking().ToListAsync(cancellation);
    }

    /// <summary>Reads backlogs without locks. The result leaves out missing ones.</summary>
    public static async Task<IReadOnlyList<SenderBacklog>> ReadSenderBacklogsAsync(
        this MessagingDb db, IReadOnlyList<(Sid Account, string Name)> backlogs, CancellationToken cancellation)
    {
        var (accounts, names) = Split(backlogs);
        return await db.SenderBacklogs.FromSql(
            $"""
             SELECT * FROM sender_backlogs WHERE (account_sid, name) IN (SELECT * FROM unnest({accounts}, {names}))
             """)
            .AsNoTracking().ToListAsync(cancellation);
    }

    private static (string[] Accounts, string[] Names) Split(IReadOnlyList<(Sid Account, string Name)> backlogs) =>
        ([.. backlogs.Select(backlog => backlog.Account.Value)], [.. backlogs.Select(backlog => backlog.Name)]);
}
