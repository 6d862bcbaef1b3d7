namespace MessagingServices.Server.Data;

/// <summary>Transactions of use cases, which may themselves be steps of a larger one.</summary>
internal static class Transactions
{
    /// <summary>Does the work in one transaction: the one that is open already, or one of its own. What throws leaves nothing behind.</summary>
    public static async Task<T> InTransactionAsync<T>(this MessagingDb db, Func<Task<T>> work, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is not null) return await work();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var result = await work();
        await transaction.CommitAsync(cancellation);
        return result;
    }
}
