using MessagingServices.Server.Events;
using MessagingServices.Server.Outbound;
using MessagingServices.Server.Telemetry;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MessagingServices.Server.Tests.Outbound;

/// <summary>
/// Messages that ended more days ago than they are kept go with all that is theirs; everything else stays.
/// </summary>
public sealed class RetentionTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Days = 30;
    private static readonly string[] Owners = ["webhooks", "carrier_rule_uses"];

    // One for each test: messages are stored in the order of time, which holds for those of one test only.
    private readonly Server server = new(postgres);

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Old_messages_that_have_ended_go_with_all_that_is_theirs_and_nothing_else_goes()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New(), NumbersApi.New());
        await RuleAsync("+14155550401", ("Outcome", "undelivered"), ("ErrorCode", "30003"), ("Times", "1000"));
        await RuleAsync("+14155550402", ("Outcome", "sent"), ("Times", "1000"));
        await RuleAsync("+14155550403", ("Outcome", "delivered"), ("Times", "1000"));
        var delivered = await SentAsync(service, "+14155550403", "delivered");
        var undelivered = await SentAsync(service, "+14155550401", "undelivered");
        var unfinished = await SentAsync(service, "+14155550402", "sent");
        var owed = await SentAsync(service, "+14155550403", "delivered");
        var toBeRead = await SentAsync(service, "+14155550403", "delivered");
        var endedLater = await SentAsync(service, "+14155550403", "delivered");
        var younger = await SentAsync(service, "+14155550403", "delivered");
        var young = await SentAsync(service, "+14155550403", "delivered");
        await MadeAsync(delivered, undelivered, unfinished, toBeRead, endedLater, younger, young);
        await AgedAsync(Days + 1, Days + 1, delivered, undelivered, unfinished, owed, toBeRead);
        await AgedAsync(Days + 1, Days - 1, endedLater);
        await AgedAsync(Days - 1, Days - 1, younger);
        await SqlAsync($"""
            INSERT INTO carrier_deliveries (message_sid, account_sid, next_status, final_status, delay_ms, due_at, wake)
            VALUES ('{toBeRead}', '{MessagingServer.AccountSid}', 'read', 'read', 0, now() + interval '10 years',
                now() + interval '10 years')
            """);
        var sticky = await server.Api.Services.StickySendersAsync(service);
        // Days are real ones: what the emulator's clock said then does not matter.
        await SqlAsync($"""
            UPDATE messages SET date_created = date_created - interval '9 years', date_updated = date_updated -
                interval '9 years',
                date_sent = date_sent - interval '9 years'
            WHERE sid IN ({Quoted([endedLater, younger, young])})
            """);

        var spent = await SpentAsync();
        await SweepAsync();

        Assert.NotEqual(0m, spent);
        Assert.Equal(spent, await SpentAsync());
        foreach (var gone in new[] { delivered, undelivered })
        {
            await server.GetAsync(MessagesApi.PathOf(gone)).ExpectErrorAsync(404, 20404);
            foreach (var table in Owners) Assert.Equal(0L, await CountAsync(table, gone));
        }

        foreach (var kept in new[] { unfinished, owed, toBeRead, endedLater, younger, young })
        {
            await server.GetAsync(MessagesApi.PathOf(kept)).ExpectAsync(200);
            foreach (var table in Owners) Assert.NotEqual(0L, await CountAsync(table, kept));
        }

        Assert.NotEmpty(sticky);
        Assert.Equal(sticky, await server.Api.Services.StickySendersAsync(service));
    }

    [Fact]
    public async Task Feedback_goes_and_of_a_draw_all_but_what_the_next_message_counts_from()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        await RuleAsync("+14155550405", ("Outcome", "undelivered"), ("Percent", "100"));
        List<string> sids = [];
        for (var i = 0; i < 3; i++) sids.Add(await SentAsync(service, "+14155550405", "undelivered"));
        foreach (var sid in sids)
            await server.PostAsync(MessagesApi.PathOf(sid).Replace(".json", "/Feedback.json",
                StringComparison.Ordinal)).ExpectAsync(200);
        await MadeAsync([.. sids]);
        await AgedAsync(Days + 1, Days + 1, [.. sids]);

        await SweepAsync();

        foreach (var sid in sids) Assert.Equal(0L, await CountAsync("message_feedback", sid));
        Assert.Equal([0L, 0L, 1L],
            [await CountAsync("carrier_rule_draws", sids[0]), await CountAsync("carrier_rule_draws", sids[1]),
                await CountAsync("carrier_rule_draws", sids[2])]);
        var next = await SentAsync(service, "+14155550405", "undelivered");
        Assert.Equal(4L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT number FROM carrier_rule_draws WHERE message_sid = '{next}'"));
    }

    [Fact]
    public async Task A_locked_message_is_skipped_and_removed_later()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var (held, free) = (await SentAsync(service, "+14155550411", "delivered"),
            await SentAsync(service, "+14155550412", "delivered"));
        await MadeAsync(held, free);
        await AgedAsync(Days + 1, Days + 1, held, free);
        await using (var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false"))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand($"SELECT 1 FROM messages WHERE sid = '{held}' FOR UPDATE",
                connection, transaction);
            await hold.ExecuteNonQueryAsync();

            await SweepAsync();

            await server.GetAsync(MessagesApi.PathOf(free)).ExpectAsync(404);
            await server.GetAsync(MessagesApi.PathOf(held)).ExpectAsync(200);
        }

        await SweepAsync();
        await server.GetAsync(MessagesApi.PathOf(held)).ExpectAsync(404);
    }

    [Fact]
    public async Task A_webhook_that_is_being_made_again_keeps_its_message()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var sid = await SentAsync(service, "+14155550413", "delivered");
        await MadeAsync(sid);
        await AgedAsync(Days + 1, Days + 1, sid);
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // As a replay does, which is not committed yet.
        await using var replay = new NpgsqlCommand($"""
            INSERT INTO webhook_queue (webhook_sid, account_sid, message_sid, endpoint)
            SELECT sid, account_sid, message_sid,
                'http://127.0.0.1:1' FROM webhooks WHERE message_sid = '{sid}';
            UPDATE webhooks SET outcome = 'pending' WHERE message_sid = '{sid}'
            """, connection, transaction);
        await replay.ExecuteNonQueryAsync();

        var sweep = SweepAsync();
        await CallbackServer.UntilAsync(
            async () =>
                (long)(await SqlAsync(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = "
                    + "'Lock'"))! > 0,
            "the sweep waits for the replay");
        await transaction.CommitAsync();
        await sweep;

        await server.GetAsync(MessagesApi.PathOf(sid)).ExpectAsync(200);
        Assert.NotEqual(0L, await CountAsync("webhooks", sid));
    }

    [Fact]
    public async Task Two_servers_that_remove_at_once_get_along()
    {
        await SqlAsync($"""
            INSERT INTO messages (sid, account_sid, direction, "to", body, media_urls, num_segments, status,
                error_code, validity_period,
                date_created, date_updated, status_changes, stored_at, ended_at)
            SELECT 'SM' || md5(i::text), CASE WHEN i % 2 = 0 THEN '{MessagingServer.AccountSid}' ELSE
                'AC{new string('f', 32)}' END, 'outbound-api',
                '+14155550421', '', ARRAY[]::text[], 1, 'failed', 30008, 36000, now(), now(), '[]', now() - interval
                    '1 year', now() - interval '1 year'
            FROM generate_series(1, 2000) AS i
            """);

        await Task.WhenAll(SweepAsync(), SweepAsync());

        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM messages WHERE \"to\" = '+14155550421'"));
    }

    [Fact]
    public async Task Without_the_setting_nothing_goes()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var sid = await SentAsync(service, "+14155550414", "delivered");
        await MadeAsync(sid);
        await AgedAsync(10_000, 10_000, sid);

        await SweepAsync(0);

        await server.GetAsync(MessagesApi.PathOf(sid)).ExpectAsync(200);
    }

    [Fact]
    public async Task A_server_with_the_setting_removes_by_itself()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var (old, young) = (await SentAsync(service, "+14155550415", "delivered"),
            await SentAsync(service, "+14155550416", "delivered"));
        await MadeAsync(old, young);
        await AgedAsync(2, 2, old);

        await using var other = await ServerUnderTest.StartAsync(server.ConnectionString, "--Retention:Days", "1",
            "--Pipeline:Stages", "RemoveOldMessages");

        await CallbackServer.UntilAsync(async () => (await other.Http.GetAsync(MessagesApi.PathOf(old)))
            .StatusCode == System.Net.HttpStatusCode.NotFound, "it goes");
        await server.GetAsync(MessagesApi.PathOf(young)).ExpectAsync(200);
    }

    [Fact]
    public async Task Media_go_with_their_message_but_not_while_a_link_to_them_lives()
    {
        await using var media = await MediaServer.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        await RuleAsync("+14155550418", ("SupportsMms", "false"));
        var (plain, linked) = (await SentAsync(service, "+14155550417", "delivered", media.PictureUrl),
            await SentAsync(service, "+14155550418", "delivered", media.PictureUrl));
        await MadeAsync(plain, linked);
        await AgedAsync(Days + 1, Days + 1, plain, linked);

        await SweepAsync();

        await server.GetAsync(MessagesApi.PathOf(plain)).ExpectAsync(404);
        Assert.Equal((0L, 1L), (await CountAsync("media", plain), await CountAsync("media", linked)));

        await server.Api.Clock.ChangeAsync(("Advance", "P365D"));
        await SweepAsync();

        await server.GetAsync(MessagesApi.PathOf(linked)).ExpectAsync(404);
        Assert.Equal(0L, await CountAsync("media", linked));
    }

    /// <summary>What the account has spent; the server answers with a sum of some seconds ago.</summary>
    private async Task<decimal> SpentAsync()
    {
        using var scope = server.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<MessagingDb>()
            .ReadSpentAsync(Sid.Parse(MessagingServer.AccountSid), CancellationToken.None);
    }

    private async Task SweepAsync(int days = Days)
    {
        var stage = new RemoveOldMessages(server.Services.GetRequiredService<NpgsqlDataSource>(), new() { Days = days },
            server.Services.GetRequiredService<MessageTelemetry>(), server.Services.GetRequiredService<EventBus>(),
            TimeProvider.System);
        while (await stage.RunOnceAsync(CancellationToken.None) > 0)
        {
        }
    }

    private async Task<string> SentAsync(string service, string to, string status, params string[] media)
    {
        var sid = await server.Api.Messages.SendAsync([("To", to), ("MessagingServiceSid", service), ("Body", "Hello"),
            ("StatusCallback", "http://127.0.0.1:1/status"), .. media.Select(url => ("MediaUrl", url))]);
        await server.Api.Messages.UntilAsync(sid, status);
        return sid;
    }

    private Task<string> RuleAsync(string to, params (string, string)[] rule) =>
        server.Api.CreateAsync("/emulator/v1/CarrierRules", [("To", to), .. rule]);

    /// <summary>Marks the webhooks of these messages as made: this server has no stage that makes them.</summary>
    private Task<object?> MadeAsync(params string[] sids) =>
        SqlAsync($"DELETE FROM webhook_queue WHERE message_sid IN ({Quoted(sids)})");

    /// <summary>These messages were stored and ended so many days ago; the database's clock cannot be moved.</summary>
    private Task<object?> AgedAsync(int stored, int ended, params string[] sids) => SqlAsync($"""
        UPDATE messages SET stored_at = stored_at - {stored} * interval '1 day', ended_at = ended_at - {ended} *
            interval '1 day' WHERE sid IN ({Quoted(sids)})
        """);

    private Task<object?> CountAsync(string table, string sid) =>
        SqlAsync($"SELECT count(*) FROM {table} WHERE message_sid = '{sid}'");

    private Task<object?> SqlAsync(string statement) => Sql.ScalarAsync(server.ConnectionString, statement);

    private static string Quoted(string[] sids) => string.Join(", ", sids.Select(sid => $"'{sid}'"));

    /// <summary>A server that owes webhooks and makes none.</summary>
    private sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [new("Pipeline:Stages", "SelectSenders,FetchMedia,HandToCarrier,ApplyCarrierReports")];
    }
}
