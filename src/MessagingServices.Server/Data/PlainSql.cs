using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Runs statements without EF Core.</summary>
/// <remarks>
/// Every start reads and writes by these methods, so that a server is ready before EF Core is loaded. Later, a server
/// first asks whether a table has anything before it reads the rows by EF Core, which compiles each query when it is
/// first used: 10 to 20 ms of a processor.
/// </remarks>
internal static class PlainSql
{
    /// <summary>Whether there are rows.</summary>
    /// <param name="database">The database.</param>
    /// <param name="rows">The table and the condition in SQL, as they follow FROM.</param>
    /// <param name="cancellation">Cancels the query.</param>
    /// <param name="parameters">The parameters <c>$1</c>, <c>$2</c> and so on.</param>
    public static async Task<bool> HasRowsAsync(
        this NpgsqlDataSource database, string rows, CancellationToken cancellation,
        params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.HasRowsAsync(rows, cancellation, parameters);
    }

    /// <summary>Whether there are rows.</summary>
    /// <param name="connection">The open connection; the query is part of its transaction if there is one.</param>
    /// <inheritdoc cref="HasRowsAsync(NpgsqlDataSource, string, CancellationToken, NpgsqlParameter[])"/>
    public static async Task<bool> HasRowsAsync(
        this NpgsqlConnection connection, string rows, CancellationToken cancellation,
        params NpgsqlParameter[] parameters) =>
        (await connection.QueryAsync<bool>($"SELECT EXISTS (SELECT FROM {rows})", cancellation, parameters))[0];

    /// <summary>The first column of all rows.</summary>
    /// <param name="connection">The open connection; the query is part of its transaction if there is one.</param>
    /// <param name="sql">The query.</param>
    /// <param name="cancellation">Cancels the query.</param>
    /// <param name="parameters">The parameters <c>$1</c>, <c>$2</c> and so on.</param>
    public static async Task<IReadOnlyList<T>> QueryAsync<T>(
        this NpgsqlConnection connection, string sql, CancellationToken cancellation,
        params NpgsqlParameter[] parameters)
    {
        await using var query = Command(connection, sql, parameters);
        await using var reader = await query.ExecuteReaderAsync(cancellation);
        List<T> values = [];
        while (await reader.ReadAsync(cancellation)) values.Add(reader.GetFieldValue<T>(0));
        return values;
    }

    /// <summary>Changes rows, and returns how many.</summary>
    /// <inheritdoc cref="QueryAsync"/>
    /// <exception cref="TimeoutException">See <see cref="StandbyWarnings"/>, for a watched connection.</exception>
    public static async Task<int> ExecuteAsync(
        this NpgsqlConnection connection, string sql, CancellationToken cancellation,
        params NpgsqlParameter[] parameters)
    {
        await using var statement = Command(connection, sql, parameters);
        var count = await statement.ExecuteNonQueryAsync(cancellation);
        StandbyWarnings.ThrowIfAny(connection);
        return count;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return command;
    }
}
