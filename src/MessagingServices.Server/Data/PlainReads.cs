using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Reads single columns without EF Core, on its connection and in its transaction.</summary>
/// <remarks>
/// EF Core compiles each query when it is first used, which takes 10 to 20 ms of a processor. So what every start reads
/// is read here, and a server first asks whether a table has anything before it reads the rows by EF Core.
/// </remarks>
internal static class PlainReads
{
    /// <summary>Whether there are rows.</summary>
    /// <param name="db">The database.</param>
    /// <param name="rows">The table and the condition in SQL, as they follow FROM.</param>
    /// <param name="cancellation">Cancels the query.</param>
    /// <param name="parameters">The parameters <c>$1</c>, <c>$2</c> and so on.</param>
    public static async Task<bool> HasRowsAsync(
        this MessagingDb db, string rows, CancellationToken cancellation, params NpgsqlParameter[] parameters) =>
        (await db.ReadAsync<bool>($"SELECT EXISTS (SELECT FROM {rows})", cancellation, parameters))[0];

    /// <summary>The first column of all rows.</summary>
    /// <param name="db">The database.</param>
    /// <param name="sql">The query.</param>
    /// <param name="cancellation">Cancels the query.</param>
    /// <param name="parameters">The parameters <c>$1</c>, <c>$2</c> and so on.</param>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        this MessagingDb db, string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
            command.Parameters.AddRange(parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
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
