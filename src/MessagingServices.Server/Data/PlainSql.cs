using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Runs statements with one column of results without EF Core, in its transaction if there is one.</summary>
/// <remarks>
/// EF Core compiles each query when it is first used, which takes 10 to 20 ms of a processor. So what every start reads
/// is read here, and a server first asks whether a table has anything before it reads the rows by EF Core.
/// </remarks>
internal static class PlainSql
{
    /// <summary>Whether there are rows.</summary>
    /// <param name="db">The database.</param>
    /// <param name="rows">The table and the condition in SQL, as they follow FROM.</param>
    /// <param name="cancellation">Cancels the query.</param>
    /// <param name="parameters">The parameters <c>$1</c>, <c>$2</c> and so on.</param>
    public static async Task<bool> HasRowsAsync(
        this MessagingDb db, string rows, CancellationToken cancellation, params NpgsqlParameter[] parameters) =>
        (await db.QueryAsync<bool>($"SELECT EXISTS (SELECT FROM {rows})", cancellation, parameters))[0];

    /// <summary>The first column of all rows.</summary>
    /// <param name="db">The database.</param>
    /// <param name="sql">The query.</param>
    /// <param name="cancellation">Cancels the query.</param>
    /// <param name="parameters">The parameters <c>$1</c>, <c>$2</c> and so on.</param>
    public static Task<IReadOnlyList<T>> QueryAsync<T>(
        this MessagingDb db, string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        var query = new NpgsqlBatchCommand(sql);
        query.Parameters.AddRange(parameters);
        return db.QueryAsync<T>([query], cancellation);
    }

    /// <summary>The first column of the last statement's rows.</summary>
    /// <param name="db">The database.</param>
    /// <param name="statements">The statements; those before the last one return one result each.</param>
    /// <param name="cancellation">Cancels them.</param>
    public static async Task<IReadOnlyList<T>> QueryAsync<T>(
        this MessagingDb db, IReadOnlyList<NpgsqlBatchCommand> statements, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
            foreach (var statement in statements) batch.BatchCommands.Add(statement);
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            for (var i = 1; i < statements.Count; i++) await reader.NextResultAsync(cancellation);
            List<T> values = [];
            while (await reader.ReadAsync(cancellation)) values.Add(reader.GetFieldValue<T>(0));
            return values;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
