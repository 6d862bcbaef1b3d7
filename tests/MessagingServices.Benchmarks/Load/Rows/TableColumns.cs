using MessagingServices.Benchmarks.Load.Processes;

namespace MessagingServices.Benchmarks.Load.Rows;

/// <summary>
/// The columns of a table that an INSERT names, read from the database itself: rows are copied from those that the
/// server stored, so that a new column needs nothing here.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">Name and type of each; without those that the database fills.</param>
internal sealed record TableColumns(string Table, IReadOnlyList<(string Name, string Type)> Columns)
{
    public static async Task<TableColumns> ReadAsync(Database database, string table, CancellationToken cancellation)
    {
        var columns = await database.ReadColumnAsync(
            $"""
             SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute
             WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND
                 attgenerated = '' ORDER BY attnum
             """, cancellation);
        return new(table, [.. columns.Select(column => column.Split(' ', 2)).Select(parts => (parts[0], parts[1]))]);
    }

    /// <summary>Their names between commas.</summary>
    public string Names => string.Join(", ", Columns.Select(column => $"\"{column.Name}\""));

    /// <summary>
    /// Copies rows, each as often as <c>i</c> counts from <paramref name="first"/> to <paramref name="last"/>.
    /// </summary>
    /// <param name="source">A table that holds the rows to copy.</param>
    /// <param name="first">The first number.</param>
    /// <param name="last">The last.</param>
    /// <param name="changes">Expressions for the columns that differ from copy to copy.</param>
    public string CopySql(string source, long first, long last,
        params IReadOnlyList<(string Column, string Expression)> changes) =>
        $"""
         INSERT INTO {Table} ({Names})
         SELECT {string.Join(", ", Columns.Select(column => ChangeOf(column.Name, changes) ?? $"\"{column.Name}\""))}
         FROM generate_series({first}::bigint, {last}::bigint) AS i CROSS JOIN {source}
         """;

    /// <summary>An INSERT of one row, with a row's own values but for the columns that differ.</summary>
    public async Task<string> InsertSqlAsync(
        Database database, string where, CancellationToken cancellation,
            params IReadOnlyList<(string Column, string Expression)> changes)
    {
        var values = await database.ReadAsync<string?[]>(
            $"SELECT ARRAY[{string.Join(", ", Columns.Select(column => $"\"{column.Name}\"::text"))}] FROM {Table} "
                + $"WHERE {where}", cancellation);
        var expressions = Columns.Select((column, i) =>
            ChangeOf(column.Name, changes) ?? $"{Literal(values[i])}::{column.Type}");
        return $"INSERT INTO {Table} ({Names}) VALUES ({string.Join(", ", expressions)})";
    }

    private static string? ChangeOf(string column, IReadOnlyList<(string Column, string Expression)> changes) =>
        changes.FirstOrDefault(change => change.Column == column).Expression;

    // A colon would begin a variable of pgbench's.
    private static string Literal(string? value)
    {
        if (value is null) return "NULL";
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("'", "''", StringComparison.Ordinal)
            .Replace(":", "\\x3A", StringComparison.Ordinal);
        return $"E'{escaped}'";
    }
}
