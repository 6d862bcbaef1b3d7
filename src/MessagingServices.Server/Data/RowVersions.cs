using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>
/// Reads what changes with each update of a row. That takes a tenth of the time that the row itself takes, so a cache
/// of many rows need not read those again that have not changed.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="query">Selects the SID and the version, as text, of the rows whose SIDs are in <c>$1</c>.</param>
internal sealed class RowVersions(NpgsqlDataSource database, string query)
{
    /// <summary>The versions of a table's rows: the transactions that wrote them.</summary>
    public static RowVersions Of(NpgsqlDataSource database, string table) =>
        new(database, $"SELECT sid, xmin::text FROM {table} WHERE sid = ANY ($1)");

    /// <summary>Reads the versions of rows, without those that do not exist.</summary>
    public async Task<Dictionary<Sid, string>> ReadAsync(IEnumerable<Sid> sids)
    {
        await using var read = database.CreateCommand(query);
        read.Parameters.Add(Scalar.Of([.. sids.Select(sid => sid.Value)]));
        await using var reader = await read.ExecuteReaderAsync();
        Dictionary<Sid, string> versions = [];
        while (await reader.ReadAsync()) versions.Add(Sid.Parse(reader.GetString(0)), reader.GetString(1));
        return versions;
    }

    /// <summary>Reads the versions of rows for keys that name them.</summary>
    public async Task<Dictionary<TKey, string>> ReadAsync<TKey>(
        IReadOnlyCollection<TKey> keys, Func<TKey, Sid> sidOf)
        where TKey : notnull
    {
        var rows = await ReadAsync(keys.Select(sidOf));
        return keys.Where(key => rows.ContainsKey(sidOf(key))).ToDictionary(key => key, key => rows[sidOf(key)]);
    }
}
