using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>How use cases write a single row.</summary>
internal static class RowWrites
{
    private const string DateUpdated = nameof(MessagingService.DateUpdated);

    /// <summary>
    /// Locks a row, changes it, sets its <c>DateUpdated</c> and saves it, all in one transaction. An exception of
    /// <paramref name="change"/> leaves the row as it was.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="lockRow">Reads and locks the row; null when there is no such row.</param>
    /// <param name="change">Changes the row.</param>
    /// <param name="clock">The emulator's clock.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The changed row; null when there is no such row.</returns>
    public static Task<T?> UpdateAsync<T>(
        this MessagingDb db, Func<Task<T?>> lockRow, Action<T> change, TimeProvider clock,
        CancellationToken cancellation)
        where T : class => db.InTransactionAsync(
        async () =>
        {
            if (await lockRow() is not { } row) return null;
            change(row);
            db.Entry(row).Property(DateUpdated).CurrentValue = clock.GetUtcNow();
            await db.SaveChangesAsync(cancellation);
            return row;
        }, cancellation);

    /// <summary>
    /// Inserts a row. False when a unique index rejects it: then the row is not inserted, and the context does not
    /// track it.
    /// </summary>
    public static Task<bool> TryAddAsync(this MessagingDb db, object row, CancellationToken cancellation)
    {
        db.Add(row);
        return db.TrySaveAsync(row, cancellation);
    }

    /// <summary>
    /// Saves a row that the context tracks. False when a unique index rejects it: then the context does not track it
    /// any more.
    /// </summary>
    public static async Task<bool> TrySaveAsync(this MessagingDb db, object row, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException failure) when (DatabaseErrors.IsDuplicate(failure))
        {
            db.Entry(row).State = EntityState.Detached;
            return false;
        }
    }
}
