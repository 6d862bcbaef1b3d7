namespace MessagingServices.Server.Data;

/// <summary>Runs a use case in a transaction of its own, or as a part of a larger transaction.</summary>
internal static class Transactions
{
    /// <summary>
    /// Runs the work in the open transaction, or in a new one if none is open. An exception rolls a new transaction
    /// back; the owner of an open transaction must roll it back.
    /// </summary>
    public static async Task<T> InTransactionAsync<T>(
        this MessagingDb db, Func<Task<T>> work, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is not null) return await work();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var result = await work();
        await transaction.CommitAsync(cancellation);
        return result;
    }
}
