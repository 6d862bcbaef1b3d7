using Npgsql;
using NpgsqlTypes;

namespace MessagingServices.Server.Data;

/// <summary>A SQL statement over many rows. Text and parameters come from one <see cref="ColumnSet{T}"/>.</summary>
/// <param name="columns">The columns of the statement.</param>
/// <param name="text">Writes the SQL; it reads the names of rows, columns and further parameters from the set.</param>
internal sealed class Statement<T>(ColumnSet<T> columns, Func<ColumnSet<T>, string> text)
{
    private readonly string sql = text(columns);

    /// <summary>Makes the command for the given rows.</summary>
    /// <param name="rows">The values of the array parameters.</param>
    /// <param name="scalars">The further parameters; see <see cref="Scalar"/>.</param>
    public NpgsqlBatchCommand For(IReadOnlyList<T> rows, params ReadOnlySpan<NpgsqlParameter> scalars)
    {
        var command = new NpgsqlBatchCommand(sql);
        columns.Bind(command, rows);
        foreach (var scalar in scalars) command.Parameters.Add(scalar);
        return command;
    }
}

/// <summary>Makes the statements that most tables need.</summary>
internal static class Statement
{
    /// <summary>Makes an INSERT of rows in any order.</summary>
    /// <param name="table">The name of the table.</param>
    /// <param name="columns">The columns of the table.</param>
    /// <param name="end">SQL at the end of the statement, such as <c>ON CONFLICT</c>.</param>
    public static Statement<T> Insert<T>(string table, ColumnSet<T> columns, string end = "") =>
        new(columns, c => $"INSERT INTO {table} ({c.Names}) SELECT {c.Values} FROM {c.Rows} {end}");

    /// <summary>Makes an INSERT that assigns ordinals in the order of the list.</summary>
    /// <inheritdoc cref="Insert{T}"/>
    public static Statement<T> InsertInOrder<T>(string table, ColumnSet<T> columns, string end = "") =>
        new(columns, c => $"INSERT INTO {table} ({c.Names}) SELECT {c.Values} FROM {c.RowsWithPosition} "
            + $"ORDER BY row.position {end}");

    /// <summary>Makes a statement over SIDs, which are the only column: <c>c["sid"]</c>.</summary>
    public static Statement<Sid> OverSids(Func<ColumnSet<Sid>, string> text) =>
        new(new() { { "sid", sid => sid } }, text);
}

/// <summary>Makes parameters that have one value for all rows.</summary>
internal static class Scalar
{
    public static NpgsqlParameter Of(string value) => new NpgsqlParameter<string> { TypedValue = value };

    public static NpgsqlParameter Of(Sid value) => Of(value.Value);

    public static NpgsqlParameter Of(bool value) => new NpgsqlParameter<bool> { TypedValue = value };

    public static NpgsqlParameter Of(int value) => new NpgsqlParameter<int> { TypedValue = value };

    public static NpgsqlParameter Of(long value) => new NpgsqlParameter<long> { TypedValue = value };

    public static NpgsqlParameter Of(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value };

    public static NpgsqlParameter Of(TimeSpan value) => new NpgsqlParameter<TimeSpan> { TypedValue = value };

    public static NpgsqlParameter Of(DateTimeOffset value) =>
        new NpgsqlParameter<DateTime> { TypedValue = value.UtcDateTime };

    public static NpgsqlParameter Of(string[] values) => new NpgsqlParameter<string[]> { TypedValue = values };

    public static NpgsqlParameter Of(Guid[] values) => new NpgsqlParameter<Guid[]> { TypedValue = values };

    public static NpgsqlParameter Of(long[] values) => new NpgsqlParameter<long[]> { TypedValue = values };

    public static NpgsqlParameter Of(ReadOnlyMemory<byte> bytes) =>
        new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter OfNullable(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter OfNullable(DateTimeOffset? value) =>
        new() { Value = (object?)value?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
