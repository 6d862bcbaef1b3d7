using System.Globalization;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>A database of the version before messages moved in memory.</summary>
public sealed class UpgradeTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string SchemaBefore = "20261125235421_InboundMessages";
    private const string From = "+14155550171";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // One for each test: each migrates its own.
    private readonly PostgresDatabase database = new(postgres);

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Messages_under_way_in_every_state_are_finished_once_and_in_order()
    {
        var ofEachState = TestSize.Of(20, 1_112);
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var media = await MediaServer.StartAsync();
        string service;
        await using (var before = await ServerUnderTest.StartAsync(database.ConnectionString, "--Pipeline:Stages="))
        {
            service = await before.Api.Services.CreateWithCallbackAsync(receiver.Url, From);
            await before.StopAsync();
        }

        await MigrateAsync(SchemaBefore);
        await new FormerMessages(service, From, receiver.Url, media.Serve("image/png", MediaServer.Picture[..200]))
            .StoreAsync(database.ConnectionString, ofEachState);
        await PipelinePromises.CountHandOversAsync(database.ConnectionString);
        await using var after = await ServerUnderTest.StartAsync(database.ConnectionString);
        await after.Api.Clock.ChangeAsync(("Advance", "PT2H"));
        await Eventually.TrueAsync(async () => await ScalarAsync(
            """
            SELECT (SELECT count(*) FROM messages WHERE status <> 'delivered') + (SELECT count(*) FROM webhook_queue)
                + (SELECT count(*) FROM owned_messages)
            """) is 0L, () => "Not all messages are finished.", Patience);

        Counted.Show($"upgrade of the database with {FormerMessages.OwedCallbacks.Count * ofEachState} messages "
            + $"under way: {receiver.Received.Count} callbacks");
        Assert.Equal(FormerMessages.OwedCallbacks.Select(state => $"{state.Key} {state.Value} {ofEachState}").Order(),
            (await ReadStatesAsync(receiver)).Order());
        Assert.Equal(0L, await ScalarAsync(
            """
            SELECT count(*) FROM messages WHERE (SELECT string_agg(step->>'status', ' ')
                FROM jsonb_array_elements(status_changes::jsonb) AS step)
                <> CASE WHEN body = 'scheduled' THEN 'scheduled' ELSE 'accepted' END || ' queued sending sent delivered'
            """));
        Assert.Equal("accepted 1, media 1, scheduled 1, waiting 1", await ScalarAsync(
            $"""
             SELECT string_agg(body || ' ' || hand_overs / {ofEachState}, ', ' ORDER BY body) FROM (
                 SELECT body, count(*) AS hand_overs FROM hand_overs JOIN messages ON sid = message_sid
                 GROUP BY body) AS counted
             """));
        Assert.Equal("3 delivered", await ScalarAsync(
            """
            SELECT string_agg(DISTINCT stored, ', ') FROM (SELECT count(*) || ' ' || outcome AS stored
                FROM webhooks GROUP BY message_sid, outcome) AS of_message
            """));
        // Those that were stored before keep their tokens.
        var tokens = ((string)(await ScalarAsync(
            """
            SELECT string_agg(md5(webhooks.sid)::uuid::text, ' ') FROM webhooks
            JOIN messages ON messages.sid = message_sid WHERE body IN ('pending', 'claimed', 'retried')
            """))!).Split(' ');
        Assert.Equal(9 * ofEachState, tokens.Length);
        Assert.Empty(tokens.Except(receiver.Received.Select(callback => callback.Token)));
    }

    [Fact]
    public async Task A_server_of_an_earlier_version_that_still_runs_keeps_a_new_one_from_starting()
    {
        await MigrateAsync(SchemaBefore);
        using CancellationTokenSource stop = new();
        var running = SendHeartbeatsAsync(stop.Token);

        var (code, output) = await ServerUnderTest.FailToStartAsync(
            "--ConnectionStrings:Postgres", database.ConnectionString);
        await stop.CancelAsync();
        await running;

        Assert.NotEqual(0, code);
        Assert.Contains("1 server(s) of an earlier version use the database", output, StringComparison.Ordinal);
        Assert.Equal(SchemaBefore, await ScalarAsync("""SELECT max(migration_id) FROM "__EFMigrationsHistory" """));
        await using var after = await ServerUnderTest.StartAsync(database.ConnectionString);
    }

    /// <summary>The messages of each state with their callbacks in the order in which they came.</summary>
    private async Task<IReadOnlyList<string>> ReadStatesAsync(CallbackReceiver receiver)
    {
        Dictionary<string, string> stateOf = [];
        foreach (var state in FormerMessages.OwedCallbacks.Keys)
        {
            var sids = (string)(await ScalarAsync(
                $"SELECT string_agg(sid, ' ') FROM messages WHERE body = '{state}'"))!;
            foreach (var sid in sids.Split(' ')) stateOf.Add(sid, state);
        }

        return
        [
            .. receiver.Received.GroupBy(callback => callback.MessageSid)
                .CountBy(of => $"{stateOf[of.Key]} {string.Join(' ', of.Select(callback => callback.Status))}")
                .Select(alike => string.Create(CultureInfo.InvariantCulture, $"{alike.Key} {alike.Value}")),
        ];
    }

    private async Task SendHeartbeatsAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await ScalarAsync(
                """
                INSERT INTO server_processes (id, last_seen)
                VALUES ('00000000-0000-0000-0000-000000000001', clock_timestamp())
                ON CONFLICT (id) DO UPDATE SET last_seen = excluded.last_seen
                """);
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), stop));
        }
    }

    private Task<object?> ScalarAsync(string statement) => Sql.ScalarAsync(database.ConnectionString, statement);

    private async Task MigrateAsync(string migration)
    {
        await using var db = new MessagingDb(
            new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database.ConnectionString).Options);
        await db.GetService<IMigrator>().MigrateAsync(migration);
    }
}
