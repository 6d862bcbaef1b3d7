using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>
/// Fails writes that PostgreSQL has committed without its synchronous standby: those of EF Core, and those on watched
/// connections. Heartbeats are not watched. What they write is of no use after a failover.
/// </summary>
/// <remarks>
/// A commit may wait for a standby. When this wait is canceled, because the request has given up or the command timed
/// out, PostgreSQL commits without the standby. It then reports success, with a warning. The next failover may lose the
/// rows, so they must not be confirmed.
/// </remarks>
internal sealed class StandbyWarnings
    : IDbConnectionInterceptor, IDbTransactionInterceptor, IDbCommandInterceptor, ISaveChangesInterceptor
{
    /// <summary>The function of PostgreSQL that warns. The text of the warning may be in any language.</summary>
    private const string Source = "SyncRepWaitForLSN";

    private static readonly ConditionalWeakTable<DbConnection, object> Warned = [];

    /// <summary>Watches a connection that EF Core has not opened.</summary>
    public static void Watch(NpgsqlConnection connection) => connection.Notice += Note;

    /// <summary>Call it after a commit on a watched connection.</summary>
    /// <exception cref="TimeoutException">The standby may not have the commit.</exception>
    public static void ThrowIfAny(DbConnection connection)
    {
        if (Warned.Remove(connection))
            throw new TimeoutException("PostgreSQL committed without waiting for its synchronous standby");
    }

    /// <inheritdoc/>
    public DbConnection ConnectionCreated(ConnectionCreatedEventData eventData, DbConnection result)
    {
        if (result is NpgsqlConnection connection) Watch(connection);
        return result;
    }

    /// <inheritdoc/>
    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context) ThrowIfAny(context.Database.GetDbConnection());
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result,
        CancellationToken cancellationToken = default)
    {
        if (command.Connection is { } connection) ThrowIfAny(connection);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context) ThrowIfAny(context.Database.GetDbConnection());
        return Task.CompletedTask;
    }

    private static void Note(object connection, NpgsqlNoticeEventArgs warning)
    {
        if (warning.Notice.Routine == Source) Warned.AddOrUpdate((DbConnection)connection, Source);
    }
}
