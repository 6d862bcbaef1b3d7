using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Tests.Engine;

/// <summary>Claims take some messages of each account, and read no rows of accounts with nothing due.</summary>
public sealed partial class FairClaimsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const int Batch = 200;
    private const string Stage = "hand_to_carrier";

    private readonly ClaimCursor<QueuedMessage> cursor = new(
        "message_queue", Stage, entry => (entry.AccountSid, entry.Due, entry.Wake));

    public async ValueTask InitializeAsync() =>
        await Sql.ScalarAsync(database.ConnectionString, "TRUNCATE message_queue");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("'-infinity'")]
    [InlineData("now() - interval '1 hour'")]
    public async Task Another_account_is_served_within_three_batches(string wake)
    {
        await AddAsync(account: 1, count: 20_000, wake);
        await AddAsync(account: 2, count: 1, wake == "'-infinity'" ? wake : "now() - interval '1 minute'");

        List<string> served = [];
        for (var batch = 0; batch < 3; batch++) served.AddRange(await ClaimAsync());

        Assert.Contains(Account(2), served);
        Assert.InRange(served.Count, 300, 600);
    }

    [Fact]
    public async Task A_surge_of_one_account_and_a_backlog_of_another_leave_a_share_for_the_third()
    {
        await AddAsync(account: 1, count: 20_000, "'-infinity'");
        await AddAsync(account: 2, count: 1, "'-infinity'");
        await AddAsync(account: 3, count: 20_000, "now()");

        List<string> served = [];
        for (var batch = 0; batch < 3; batch++) served.AddRange(await ClaimAsync());

        Assert.Superset(new HashSet<string> { Account(1), Account(2), Account(3) }, served.ToHashSet());
    }

    [Fact]
    public async Task A_row_that_a_clock_moved_back_makes_early_waits_again()
    {
        await Sql.ScalarAsync(database.ConnectionString,
            $"""
             INSERT INTO accounts (sid, auth_token, friendly_name, status, date_created, date_updated)
             VALUES ('{Account(7)}', '', '', 'active', now(), now());
             INSERT INTO account_clocks
             VALUES ('{Account(7)}', '0', now() - interval '1 day', now(), now(), 1, 1);
             """);
        await AddAsync(account: 7, count: 3, "'-infinity'");
        await using var data = DataSources.Create(database.ConnectionString);

        await new QueueWakes(data, new(TimeProvider.System, new(), new(), new())).CorrectAsync(
            Sid.Parse(Account(7)), CancellationToken.None);

        Assert.Equal(3L, await Sql.ScalarAsync(database.ConnectionString,
            "SELECT count(*) FROM message_queue WHERE wake = 'infinity'"));
    }

    [Fact]
    public async Task All_of_many_accounts_are_served_in_turn()
    {
        for (var account = 1; account <= 500; account++) await AddAsync(account, count: 2, "'-infinity'");

        HashSet<string> served = [];
        for (var batch = 0; batch < 4; batch++) served.UnionWith(await ClaimAsync());

        Assert.Equal(500, served.Count);
    }

    [Fact]
    public async Task Of_an_account_the_longest_due_come_first()
    {
        await AddAsync(account: 1, count: 1000, "'-infinity'");

        var first = await ClaimRowsAsync();

        Assert.Equal(Batch, first.Count);
        Assert.Equal(0L, await Sql.ScalarAsync(database.ConnectionString,
            $"SELECT count(*) FROM message_queue WHERE due_at <= '{first[^1].Due.UtcDateTime:O}'"));
    }

    [Fact]
    public async Task A_claim_reads_as_many_rows_with_a_thousand_accounts_as_with_one()
    {
        await AddAsync(account: 1, count: 1000, "'-infinity'");
        var withOne = await RowsReadAsync();
        for (var account = 2; account <= 1001; account++)
            await AddAsync(account, count: 1, account % 2 == 0 ? "'infinity'" : "now() + interval '1 day'");
        var withIdle = await RowsReadAsync();
        await Sql.ScalarAsync(database.ConnectionString, "UPDATE message_queue SET wake = '-infinity'");
        var withBusy = await RowsReadAsync();

        Assert.InRange(withOne, Batch, Batch + 10);
        Assert.InRange(withIdle, Batch, Batch + 10);
        // One more for each account that has its share.
        Assert.InRange(withBusy, Batch, (2 * Batch) + 10);
    }

    private async Task<List<string>> ClaimAsync() =>
        [.. (await ClaimRowsAsync()).Select(row => row.AccountSid.Value)];

    private async Task<IReadOnlyList<QueuedMessage>> ClaimRowsAsync()
    {
        await using var db = Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlRawAsync(TransactionSettings.Sql);
        var rows = await cursor.LockDueAsync(
            db, new(TimeProvider.System, new(), new(), new()), Batch, CancellationToken.None);
        var sids = rows.Select(row => row.MessageSid).ToList();
        await db.MessageQueue.Where(row => sids.Contains(row.MessageSid)).ExecuteDeleteAsync();
        await transaction.CommitAsync();
        return rows;
    }

    private async Task<double> RowsReadAsync()
    {
        var query = FairClaims.Query("message_queue", Stage, TimeProvider.System.GetUtcNow(), after: "", Batch);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var settings = new NpgsqlCommand(TransactionSettings.Sql, connection, transaction))
            await settings.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(
            "EXPLAIN (ANALYZE, FORMAT JSON) " + Placeholder().Replace(query.Format,
                match => $"${int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) + 1}"),
            connection, transaction);
        foreach (var argument in query.GetArguments()) command.Parameters.Add(new() { Value = argument });
        return Read(JsonNode.Parse((string)(await command.ExecuteScalarAsync())!)![0]!["Plan"]!);

        static double Read(JsonNode plan)
        {
            var own = plan["Node Type"]!.ToString().Contains("Scan", StringComparison.Ordinal)
                && plan["Relation Name"]?.ToString() == "message_queue"
                ? ((double)plan["Actual Rows"]! + ((double?)plan["Rows Removed by Filter"] ?? 0))
                    * (double)plan["Actual Loops"]!
                : 0;
            return own + (plan["Plans"]?.AsArray().Sum(child => Read(child!)) ?? 0);
        }
    }

    private Task<object?> AddAsync(int account, int count, string wake) => Sql.ScalarAsync(database.ConnectionString,
        $"""
         INSERT INTO message_queue (message_sid, account_sid, stage, due_at, wake)
         SELECT 'SM' || md5('{account} ' || i), '{Account(account)}', '{Stage}',
             now() - interval '1 hour' + i * interval '1 millisecond', {wake}
         FROM generate_series(1, {count}) AS i
         """);

    private static string Account(int number) => Sid.Create(SidPrefix.Account, (UInt128)number).Value;

    private MessagingDb Open() =>
        new(new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database.ConnectionString).Options);

    [GeneratedRegex(@"\{([0-9]+)\}")]
    private static partial Regex Placeholder();
}
