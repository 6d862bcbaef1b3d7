using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>
/// Reads accounts as they are cached. Without EF Core, which would first compile the query: the first request of each
/// start waits for it.
/// </summary>
internal static class AccountReads
{
    private const int FirstOfClock = 7;

    private const string Sql =
        $"""
        SELECT account.sid, account.auth_token, account.owner_sid, account.status,
            EXISTS (
                SELECT FROM webhook_rules
                WHERE account_sid = account.sid AND (times IS NULL OR times_used < times)),
            rules.number, rules.ordinals, {ClockColumns.Names}
        FROM accounts AS account LEFT JOIN account_clocks AS clock ON clock.account_sid = account.sid
        CROSS JOIN LATERAL (
            SELECT count(*)::int AS number, coalesce(sum(ordinal), 0)::bigint AS ordinals FROM request_rules
            WHERE account_sid = account.sid) AS rules
        WHERE account.sid = ANY ($1)
        """;

    /// <summary>Reads accounts with their clocks, without those that do not exist.</summary>
    public static async Task<IReadOnlyList<(CachedAccount Account, ClockState? Clock)>> ReadAccountsAsync(
        this NpgsqlDataSource database, IReadOnlyCollection<Sid> sids)
    {
        await using var read = database.CreateCommand(Sql);
        read.Parameters.Add(Scalar.Of([.. sids.Select(sid => sid.Value)]));
        await using var reader = await read.ExecuteReaderAsync();
        List<(CachedAccount, ClockState?)> accounts = [];
        while (await reader.ReadAsync())
        {
            var account = new CachedAccount(
                Sid.Parse(reader.GetString(0)), reader.GetString(1),
                reader.IsDBNull(2) ? null : Sid.Parse(reader.GetString(2)),
                EnumNames<AccountStatus>.Parse(reader.GetString(3)))
            {
                HasWebhookRules = reader.GetBoolean(4),
                RequestRules = new(reader.GetInt32(5), reader.GetInt64(6)),
            };
            accounts.Add((account, reader.IsDBNull(FirstOfClock) ? null : ClockColumns.Read(reader, FirstOfClock)));
        }

        return accounts;
    }
}
