using System.Collections;
using Npgsql;
using NpgsqlTypes;

namespace MessagingServices.Server.Data;

/// <summary>
/// The columns of a SQL statement over many rows. Each column has a name and a function that reads its value from a
/// row. A <see cref="Statement{T}"/> makes its text and its parameters from this one list, so a column cannot be
/// swapped or forgotten.
/// </summary>
/// <remarks>
/// Each column is one array parameter, and the statement unnests the arrays. The text does not depend on the number of
/// rows, so PostgreSQL prepares it once for a connection.
/// </remarks>
internal sealed class ColumnSet<T> : IEnumerable
{
    private static readonly HashSet<string> Reserved = ["from", "to"];

    private readonly List<Column> columns = [];

    public ColumnSet()
    {
    }

    /// <summary>Starts with the columns of another set.</summary>
    public ColumnSet(ColumnSet<T> others) => columns.AddRange(others.columns);

    /// <summary>The number of array parameters.</summary>
    public int Count => columns.Count(column => column.Parameter is not null);

    /// <summary>The names of all columns, separated by commas: the list of an INSERT.</summary>
    public string Names => Join(columns, column => column.Name);

    /// <summary>The SQL values of all columns, separated by commas: the SELECT of an INSERT.</summary>
    public string Values => Join(columns, column => column.Sql);

    /// <summary>The rows as a table <c>row</c>.</summary>
    public string Rows => $"unnest({Parameters}) AS row ({ParameterNames})";

    /// <summary>The rows as a table <c>row</c> with the column <c>position</c>, which counts from 1.</summary>
    public string RowsWithPosition => $"unnest({Parameters}) WITH ORDINALITY AS row ({ParameterNames}, position)";

    private IEnumerable<Column> ParameterColumns => columns.Where(column => column.Parameter is not null);

    private string Parameters => string.Join(", ", Enumerable.Range(1, Count).Select(number => $"${number}"));

    private string ParameterNames => Join(ParameterColumns, column => column.Name);

    /// <summary>The array parameter of a column, for example <c>$1</c>.</summary>
    public string this[string name] =>
        $"${ParameterColumns.ToList().FindIndex(column => column.Name == Quote(name)) + 1}";

    /// <summary>A further parameter that has one value for all rows, for example <c>$9</c>.</summary>
    /// <param name="number">The number of the further parameter, counted from 1.</param>
    public string Scalar(int number) => $"${Count + number}";

    /// <summary>The assignments of an UPDATE.</summary>
    /// <param name="except">The columns that only find the row.</param>
    public string Assignments(params string[] except) =>
        Join(columns.Where(column => !except.Contains(column.Name)), column => $"{column.Name} = {column.Sql}");

    /// <summary>Adds a column whose value is SQL over the other columns, not a parameter.</summary>
    public void Add(string name, string sql) => columns.Add(new(Quote(name), sql, null));

    public void Add(string name, Func<T, string?> value, string? sql = null) =>
        Add(name, sql, value, NpgsqlDbType.Text);

    public void Add(string name, Func<T, Sid?> value) => Add(name, null, row => value(row)?.Value, NpgsqlDbType.Text);

    public void Add(string name, Func<T, DateTimeOffset?> value) =>
        Add(name, null, row => value(row)?.UtcDateTime, NpgsqlDbType.TimestampTz);

    public void Add(string name, Func<T, int?> value, string? sql = null) =>
        Add(name, sql, value, NpgsqlDbType.Integer);

    public void Add(string name, Func<T, long?> value) => Add(name, null, value, NpgsqlDbType.Bigint);

    public void Add(string name, Func<T, decimal?> value) => Add(name, null, value, NpgsqlDbType.Numeric);

    public void Add(string name, Func<T, bool> value) => Add(name, null, value, NpgsqlDbType.Boolean);

    public void Add(string name, Func<T, Guid?> value) => Add(name, null, value, NpgsqlDbType.Uuid);

    /// <summary>Adds the array parameters of the rows to the command, in the order of the columns.</summary>
    public void Bind(NpgsqlBatchCommand command, IReadOnlyList<T> rows)
    {
        foreach (var column in columns)
            if (column.Parameter is { } parameter) command.Parameters.Add(parameter(rows));
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => columns.GetEnumerator();

    private void Add<TValue>(string name, string? sql, Func<T, TValue> value, NpgsqlDbType type)
    {
        var quoted = Quote(name);
        columns.Add(new(quoted, sql ?? $"row.{quoted}", rows =>
        {
            var values = new TValue[rows.Count];
            for (var i = 0; i < values.Length; i++) values[i] = value(rows[i]);
            return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
        }));
    }

    private static string Quote(string name) => Reserved.Contains(name) ? $"\"{name}\"" : name;

    private static string Join(IEnumerable<Column> columns, Func<Column, string> text) =>
        string.Join(", ", columns.Select(text));

    private sealed record Column(string Name, string Sql, Func<IReadOnlyList<T>, NpgsqlParameter>? Parameter);
}
