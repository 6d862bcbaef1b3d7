using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>Where the fair claims of a stage continue.</summary>
/// <param name="table">The table of the queue.</param>
/// <param name="stage">The stage; null for a queue of one stage only.</param>
/// <param name="timesOf">The account, the due time and the wake of a row.</param>
internal sealed class ClaimCursor<T>(
    string table, string? stage, Func<T, (Sid Account, DateTimeOffset Due, DateTimeOffset Wake)> timesOf)
    where T : class
{
    private string afterReady = "";
    private string afterWoken = "";

    /// <summary>Locks up to <paramref name="limit"/> due rows, those that are due the longest first.</summary>
    /// <param name="db">The database of the transaction.</param>
    /// <param name="clock">The clocks of the accounts.</param>
    /// <param name="limit">The maximum number of rows.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<IReadOnlyList<T>> LockDueAsync(
        MessagingDb db, EmulatorClock clock, int limit, CancellationToken cancellation)
    {
        var now = clock.RealNow;
        var rows = await LockAsync();
        if (rows.Count == 0 && afterReady.Length > 0)
        {
            afterReady = "";
            rows = await LockAsync();
        }

        // With so many accounts the batch has one row of each. The next one begins after the last of them.
        var ready = rows.Select(timesOf).Where(row => row.Wake == QueueWakes.Ready)
            .Select(row => row.Account.Value).ToHashSet();
        afterReady = limit > 1 && ready.Count >= Math.Min(limit, FairClaims.MaxAccounts) / 2
            ? ready.Max(StringComparer.Ordinal)! : "";
        if (rows.Count == limit && rows.Exists(IsBacklog))
        {
            afterWoken = (await db.Database.SqlQuery<string>(
                FairClaims.MakeReady(table, stage, now, afterWoken)).ToListAsync(cancellation))[0];
        }

        // Another server has moved the clock, and this one has not noticed it yet.
        var early = rows.Where(IsEarly).Select(row => timesOf(row).Account).Distinct().ToList();
        if (early.Count > 0) await clock.RefreshAsync(db, early, cancellation);
        // Those that are early still wait for the correction of their time.
        return [.. rows.Where(row => !IsEarly(row)).OrderBy(row => timesOf(row).Due)];

        bool IsEarly(T row) => timesOf(row) is var (account, due, _) && due > clock.Now(account);

        bool IsBacklog(T row) =>
            timesOf(row).Wake is var wake && wake != QueueWakes.Ready && wake < now - FairClaims.Backlog;

        Task<List<T>> LockAsync() => db.Set<T>()
            .FromSql(FairClaims.Query(table, stage, now, afterReady, limit)).AsNoTracking().ToListAsync(cancellation);
    }
}
