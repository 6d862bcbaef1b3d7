using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// How servers tell each other of events: rows that the others read. Each server numbers its own rows, so a reader
/// notices when one is missing. It needs no <c>LISTEN</c>, which not every pooler supports.
/// </summary>
internal sealed class EventNotices(NpgsqlDataSource database, NodeId node)
{
    private const string Living = "SELECT FROM server_processes WHERE id = node AND NOT has_left";

    /// <summary>Reads which accounts have listeners on other servers.</summary>
    /// <returns>The accounts, and whether this server has told that it knows of them.</returns>
    public async Task<IReadOnlyList<(Guid Node, Sid Account, bool IsFollowed)>> ReadListenersAsync(
        CancellationToken cancellation)
    {
        await using var read = Command(
            $"""
            SELECT node, account, $1 = ANY (followers) FROM event_listeners WHERE node <> $1 AND EXISTS ({Living})
            """, Scalar.Of(node.Id));
        await using var reader = await read.ExecuteReaderAsync(cancellation);
        List<(Guid, Sid, bool)> listeners = [];
        while (await reader.ReadAsync(cancellation))
            listeners.Add((reader.GetGuid(0), Sid.Parse(reader.GetString(1)), reader.GetBoolean(2)));
        return listeners;
    }

    /// <summary>Tells the other servers that this one publishes changes of these accounts from now on.</summary>
    public async Task FollowAsync(IReadOnlyCollection<Sid> accounts, CancellationToken cancellation)
    {
        await using var follow = Command(
            """
            UPDATE event_listeners SET followers = array_append(followers, $1)
            WHERE node <> $1 AND account = ANY ($2) AND NOT $1 = ANY (followers)
            """, Scalar.Of(node.Id), Scalar.Of([.. accounts.Select(account => account.Value)]));
        await follow.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Tells the other servers that this one has listeners to an account.</summary>
    public async Task AddListenerAsync(Sid account, CancellationToken cancellation)
    {
        await using var add = Command(
            "INSERT INTO event_listeners (node, account) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            Scalar.Of(node.Id), Scalar.Of(account));
        await add.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Tells the other servers that this one has no listeners to these accounts any more.</summary>
    public async Task RemoveListenersAsync(IReadOnlyCollection<Sid> accounts, CancellationToken cancellation)
    {
        await using var remove = Command(
            "DELETE FROM event_listeners WHERE node = $1 AND account = ANY ($2)",
            Scalar.Of(node.Id), Scalar.Of([.. accounts.Select(account => account.Value)]));
        await remove.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Removes what servers that are gone have left.</summary>
    public async Task CleanAsync(CancellationToken cancellation)
    {
        await using var clean = Command(
            """
            WITH former AS (
                DELETE FROM event_listeners WHERE NOT EXISTS (SELECT FROM server_processes WHERE id = node)
            )
            DELETE FROM event_notices WHERE NOT EXISTS (SELECT FROM server_processes WHERE id = node)
                AND added < clock_timestamp() - interval '1 minute'
            """);
        await clean.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Reads which servers are running, and which of them know of the listeners of this one.</summary>
    public async Task<EventPeersState> ReadPeersAsync(CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("SELECT id FROM server_processes WHERE NOT has_left"));
        batch.BatchCommands.Add(new("SELECT account, followers FROM event_listeners WHERE node = $1")
        {
            Parameters = { Scalar.Of(node.Id) },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        HashSet<Guid> running = [];
        while (await reader.ReadAsync(cancellation)) running.Add(reader.GetGuid(0));
        await reader.NextResultAsync(cancellation);
        Dictionary<Sid, Guid[]> followers = [];
        while (await reader.ReadAsync(cancellation))
            followers.Add(Sid.Parse(reader.GetString(0)), reader.GetFieldValue<Guid[]>(1));
        var isRegistered = running.Remove(node.Id);
        return new(isRegistered, running, followers);
    }

    /// <summary>The number of the newest notice of each server.</summary>
    public async Task<Dictionary<Guid, long>> ReadLastAsync(CancellationToken cancellation)
    {
        await using var read = Command("SELECT node, max(number) FROM event_notices GROUP BY node");
        await using var reader = await read.ExecuteReaderAsync(cancellation);
        Dictionary<Guid, long> last = [];
        while (await reader.ReadAsync(cancellation)) last.Add(reader.GetGuid(0), reader.GetInt64(1));
        return last;
    }

    /// <summary>Reads the notices of other servers that are new, those of each server in their order.</summary>
    /// <param name="seen">The last one that was read of each server.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public async Task<IReadOnlyList<(Guid Node, long Number, string Notice)>> ReadAsync(
        IReadOnlyDictionary<Guid, long> seen, CancellationToken cancellation)
    {
        await using var read = Command(
            """
            SELECT node, number, notice FROM event_notices
            LEFT JOIN unnest($2::uuid[], $3::bigint[]) AS seen (seen_node, seen_number) ON seen_node = node
            WHERE node <> $1 AND number > coalesce(seen_number, 0) ORDER BY node, number
            """, Scalar.Of(node.Id), Scalar.Of([.. seen.Keys]), Scalar.Of([.. seen.Values]));
        await using var reader = await read.ExecuteReaderAsync(cancellation);
        List<(Guid, long, string)> notices = [];
        while (await reader.ReadAsync(cancellation))
            notices.Add((reader.GetGuid(0), reader.GetInt64(1), reader.GetString(2)));
        return notices;
    }

    /// <summary>Writes a notice, and removes those that every other server has had time to read.</summary>
    /// <param name="number">Its number; a repeated write changes nothing.</param>
    /// <param name="notice">The notice as JSON.</param>
    /// <param name="readThrough">The last notice to remove.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task WriteAsync(long number, string notice, long readThrough, CancellationToken cancellation)
    {
        await using var write = Command(
            """
            WITH former AS (DELETE FROM event_notices WHERE node = $1 AND number <= $4)
            INSERT INTO event_notices (node, number, notice) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
            """, Scalar.Of(node.Id), Scalar.Of(number), Scalar.Of(notice), Scalar.Of(readThrough));
        await write.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = database.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }
}

/// <summary>The servers that share the database, as one of them sees them.</summary>
/// <param name="IsRegistered">Whether this server counts as running for the others.</param>
/// <param name="Running">The others that are running.</param>
/// <param name="Followers">Of each account with listeners here, the servers that know of them.</param>
internal sealed record EventPeersState(
    bool IsRegistered, IReadOnlySet<Guid> Running, IReadOnlyDictionary<Sid, Guid[]> Followers);
