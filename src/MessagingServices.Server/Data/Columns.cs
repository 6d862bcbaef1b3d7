using Npgsql;
using NpgsqlTypes;

namespace MessagingServices.Server.Data;

/// <summary>Builds commands whose parameters are columns: one array each, unnested by the statement.</summary>
internal static class Columns
{
    public static NpgsqlBatchCommand Over<T>(string sql, IReadOnlyList<T> rows, params ReadOnlySpan<Func<IReadOnlyList<T>, NpgsqlParameter>> columns)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns) command.Parameters.Add(column(rows));
        return command;
    }

    public static Func<IReadOnlyList<T>, NpgsqlParameter> Text<T>(Func<T, string?> value) => Of(value, NpgsqlDbType.Text);

    public static Func<IReadOnlyList<T>, NpgsqlParameter> Sids<T>(Func<T, Sid> value) => Of((T row) => value(row).Value, NpgsqlDbType.Text);

    public static Func<IReadOnlyList<T>, NpgsqlParameter> Times<T>(Func<T, DateTimeOffset?> value) =>
        Of((T row) => value(row)?.UtcDateTime, NpgsqlDbType.TimestampTz);

    public static Func<IReadOnlyList<T>, NpgsqlParameter> Integers<T>(Func<T, int?> value) => Of(value, NpgsqlDbType.Integer);

    public static Func<IReadOnlyList<T>, NpgsqlParameter> Decimals<T>(Func<T, decimal?> value) => Of(value, NpgsqlDbType.Numeric);

    public static Func<IReadOnlyList<T>, NpgsqlParameter> Longs<T>(Func<T, long> value) => Of(value, NpgsqlDbType.Bigint);

    public static Func<IReadOnlyList<T>, NpgsqlParameter> Switches<T>(Func<T, bool> value) => Of(value, NpgsqlDbType.Boolean);

    public static Func<IReadOnlyList<T>, NpgsqlParameter> Guids<T>(Func<T, Guid> value) => Of(value, NpgsqlDbType.Uuid);

    private static Func<IReadOnlyList<T>, NpgsqlParameter> Of<T, TValue>(Func<T, TValue> value, NpgsqlDbType type) => rows =>
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(rows[i]);
        return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    };
}
