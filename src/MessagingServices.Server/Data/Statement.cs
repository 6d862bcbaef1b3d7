using Npgsql;
using NpgsqlTypes;

namespace MessagingServices.Server.Data;

/// <summary>A SQL statement over many rows: text and parameters from one <see cref="ColumnSet{T}"/>.</summary>
/// <param name="columns">The columns.</param>
/// <param name="text">Writes the statement; it names rows, columns and further parameters through the set.</param>
internal sealed class Statement<T>(ColumnSet<T> columns, Func<ColumnSet<T>, string> text)
{
    private readonly string sql = text(columns);

    /// <summary>The command for some rows.</summary>
    /// <param name="rows">The rows.</param>
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
    /// <summary>Inserts rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="end">What follows, such as <c>ON CONFLICT</c>.</param>
    public static Statement<T> Insert<T>(string table, ColumnSet<T> columns, string end = "") =>
        new(columns, c => $"INSERT INTO {table} ({c.Names}) SELECT {c.Values} FROM {c.Rows} {end}");

    /// <summary>Inserts rows so that their ordinals follow the order of the list.</summary>
    /// <inheritdoc cref="Insert{T}"/>
    public static Statement<T> InsertInOrder<T>(string table, ColumnSet<T> columns, string end = "") => new(columns, c =>
        $"INSERT INTO {table} ({c.Names}) SELECT {c.Values} FROM {c.RowsWithPosition} ORDER BY row.position {end}");

    /// <summary>A statement over SIDs, its only column: <c>c["sid"]</c>.</summary>
    public static Statement<Sid> OverSids(Func<ColumnSet<Sid>, string> text) => new(new() { { "sid", sid => sid } }, text);
}

/// <summary>Parameters that are one value for all rows.</summary>
internal static class Scalar
{
    public static NpgsqlParameter Of(string value) => new NpgsqlParameter<string> { TypedValue = value };

    public static NpgsqlParameter Of(Sid value) => Of(value.Value);

    public static NpgsqlParameter Of(int value) => new NpgsqlParameter<int> { TypedValue = value };

    public static NpgsqlParameter Of(long value) => new NpgsqlParameter<long> { TypedValue = value };

    public static NpgsqlParameter Of(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value };

    public static NpgsqlParameter Of(TimeSpan value) => new NpgsqlParameter<TimeSpan> { TypedValue = value };

    public static NpgsqlParameter Of(DateTimeOffset value) => new NpgsqlParameter<DateTime> { TypedValue = value.UtcDateTime };

    public static NpgsqlParameter Of(string[] values) => new NpgsqlParameter<string[]> { TypedValue = values };

    public static NpgsqlParameter Of(ReadOnlyMemory<byte> bytes) =>
        new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter OfNullable(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter OfNullable(DateTimeOffset? value) =>
        new() { Value = (object?)value?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
