using System.Globalization;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Each account has a clock of its own, over two servers, and no move of one touches another.</summary>
[Collection(typeof(LoadTests))]
public sealed class ClockOfEachAccountTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Number = "+14155550140";
    private const string To = "+14155552671";
    private const int Accounts = 20;
    private static readonly string[] Frozen = ["--Clock:Frozen", "true"];

    [Fact]
    public async Task Twenty_accounts_live_through_different_days()
    {
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, Frozen);
        await using var two = await ServerUnderTest.StartAsync(database.ConnectionString, Frozen);
        ServerUnderTest[] servers = [one, two];
        var accounts = new World[Accounts];
        await Parallel.ForAsync(0, Accounts, async (i, _) => accounts[i] = await World.NewAsync(servers[i % 2]));
        var expected = new DateTimeOffset[Accounts];
        var sids = new string[Accounts];
        await Parallel.ForAsync(0, Accounts, async (i, _) =>
        {
            var (here, there) = (accounts[i].On(servers[i % 2]), accounts[i].On(servers[(i + 1) % 2]));
            var now = await there.Clock.NowAsync();
            Assert.Equal(now, await here.Clock.NowAsync());
            var sendAt = ClockApi.Parse($"{now.AddDays(1):yyyy-MM-dd'T'HH:mm:ss}.000Z");
            sids[i] = await accounts[i].ScheduleAsync(here, sendAt);
            expected[i] = now;
            if (i % 4 == 0) return;
            expected[i] = await there.Clock.ChangeAsync(("Advance", "PT12H"));
            Assert.Equal(now.AddHours(12), expected[i]);
            Assert.Equal("scheduled", (await accounts[i].FetchAsync(there, sids[i]))["status"]);
            if (i % 4 == 1) return;
            expected[i] = await here.Clock.ChangeAsync(("Advance", $"P{i}D"));
            Assert.Equal(now.AddHours(12).AddDays(i), expected[i]);
            Assert.Equal(
            [
                ("scheduled", now), ("queued", sendAt), ("sending", sendAt), ("sent", sendAt.AddMilliseconds(100)),
                ("delivered", sendAt.AddMilliseconds(200)),
            ], await StatusesAsync(here, sids[i]));
        });

        for (var i = 0; i < Accounts; i++)
        {
            foreach (var server in servers)
            {
                Assert.Equal(expected[i], await accounts[i].On(server).Clock.NowAsync());
                Assert.Equal(i % 4 < 2 ? "scheduled" : "delivered",
                    (await accounts[i].FetchAsync(accounts[i].On(server), sids[i]))["status"]);
            }
        }

        await one.StopAsync();
        await two.KillAsync();
        await using var later = await ServerUnderTest.StartAsync(database.ConnectionString);
        for (var i = 0; i < Accounts; i++)
            Assert.Equal(expected[i], await accounts[i].On(later).Clock.NowAsync());
        await accounts[0].On(later).Clock.ChangeAsync(("Advance", "P2D"));
        Assert.Equal("delivered", (await accounts[0].FetchAsync(accounts[0].On(later), sids[0]))["status"]);
        Assert.Equal("scheduled", (await accounts[1].FetchAsync(accounts[1].On(later), sids[1]))["status"]);
    }

    [Fact]
    public async Task A_clock_that_is_let_run_or_frozen_takes_what_waits_with_it()
    {
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString);
        await using var two = await ServerUnderTest.StartAsync(database.ConnectionString);
        var account = await World.NewAsync(one);
        var (here, there) = (account.On(one), account.On(two));
        var now = await here.Clock.ChangeAsync(("Frozen", "true"));
        Assert.Equal(now, await there.Clock.NowAsync());
        var sid = await account.ScheduleAsync(there, now.AddHours(1));

        // Its time is a second before the message's, and then it runs.
        await there.Clock.ChangeAsync(("Now", Iso(now.AddHours(1).AddSeconds(-1))), ("Frozen", "false"));

        Assert.Equal("delivered", await Eventually.ValueAsync(
            async () => (await account.FetchAsync(here, sid))["status"], status => status == "delivered",
            status => $"The message is {status}."));

        var other = await account.ScheduleAsync(here, (await here.Clock.NowAsync()).AddHours(1));
        var frozen = await here.Clock.ChangeAsync(("Advance", "PT59M"), ("Frozen", "true"));
        Assert.Equal("infinity", await Sql.ScalarAsync(
            database.ConnectionString, $"SELECT wake::text FROM message_queue WHERE message_sid = '{other}'"));
        Assert.Equal(frozen, await there.Clock.NowAsync());
    }

    [Fact]
    public async Task An_account_with_nothing_due_waits_for_no_other()
    {
        TaskCompletionSource go = new();
        TaskCompletionSource requested = new();
        await using var app = await InboundApp.StartAsync();
        var url = app.Respond("/media", async (_, context) =>
        {
            requested.TrySetResult();
            await go.Task;
            context.Response.ContentType = "image/png";
        });
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, Frozen);
        await using var two = await ServerUnderTest.StartAsync(database.ConnectionString, Frozen);
        var (busy, idle) = (await World.NewAsync(one), await World.NewAsync(one));
        await busy.SendAsync(busy.On(one), ("Body", "Look"), ("MediaUrl", url));
        await requested.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var waits = busy.On(two).Clock.ChangeAsync(("Advance", "PT1H"));

        var before = await idle.On(two).Clock.NowAsync();
        Assert.Equal(before.AddDays(1), await idle.On(two).Clock.ChangeAsync(("Advance", "P1D")));

        Assert.False(waits.IsCompleted);
        go.SetResult();
        await waits;
    }

    [Fact]
    public async Task Senders_of_the_same_number_send_by_the_clock_of_their_account()
    {
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString,
            [.. Frozen, "--Throughput:Simulate", "true", "--Throughput:LongCodeToUs", "1"]);
        var (moved, standing) = (await World.NewAsync(server), await World.NewAsync(server));
        List<string> sids = [];
        for (var i = 0; i < 10; i++)
        {
            foreach (var account in new[] { moved, standing })
                sids.Add(await account.SendAsync(account.On(server), ("Body", "Hi"), ("ValidityPeriod", "6")));
        }

        await moved.On(server).Clock.ChangeAsync(("Advance", "PT1H"));

        List<string?> statuses = [];
        for (var i = 0; i < sids.Count; i++)
        {
            var account = i % 2 == 0 ? moved : standing;
            statuses.Add((await account.FetchAsync(account.On(server), sids[i]))["status"]);
        }

        // One a second of the account's clock, and the validity period ends some of them.
        var (ended, waiting) = (statuses.Where((_, i) => i % 2 == 0), statuses.Where((_, i) => i % 2 == 1));
        Assert.All(ended, status => Assert.Contains(status, (string?[])["delivered", "failed"]));
        Assert.Contains("delivered", ended);
        Assert.Contains("failed", ended);
        Assert.True(waiting.Count(status => status is "queued" or "accepted") >= 4, string.Join(' ', waiting));
        Assert.DoesNotContain("delivered", waiting);
    }

    private static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static async Task<List<(string Status, DateTimeOffset Date)>> StatusesAsync(TestApi api, string sid) =>
        (await api.GetAsync(MessagesApi.TimelinePathOf(sid)).ExpectAsync(200)).Body!["statuses"]!.AsArray()
            .Select(step => (step!["status"]!.ToString(), ClockApi.Parse(step["date"]!.ToString()))).ToList();

    /// <summary>A subaccount with the number and a Messaging Service of all of them.</summary>
    private sealed class World(string sid, string token)
    {
        private readonly Dictionary<ServerUnderTest, HttpClient> clients = [];

        private string Service { get; set; } = "";

        private string Messages => $"/2010-04-01/Accounts/{sid}/Messages.json";

        public static async Task<World> NewAsync(ServerUnderTest server)
        {
            var created = await server.Api.PostAsync("/2010-04-01/Accounts.json").ExpectAsync(201);
            World world = new(created["sid"]!, created["auth_token"]!);
            var api = world.On(server);
            var number = (await api.PostAsync($"/2010-04-01/Accounts/{created["sid"]}/IncomingPhoneNumbers.json",
                ("PhoneNumber", Number)).ExpectAsync(201))["sid"]!;
            world.Service = (await api.PostAsync("/v1/Services", ("FriendlyName", "Test")).ExpectAsync(201))["sid"]!;
            await api.PostAsync($"/v1/Services/{world.Service}/PhoneNumbers", ("PhoneNumberSid", number))
                .ExpectAsync(201);
            return world;
        }

        public TestApi On(ServerUnderTest server)
        {
            lock (clients)
            {
                if (!clients.TryGetValue(server, out var client))
                {
                    client = new()
                    {
                        BaseAddress = server.Http.BaseAddress,
                        DefaultRequestHeaders =
                        {
                            Authorization = new("Basic",
                                Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{sid}:{token}"))),
                        },
                    };
                    clients.Add(server, client);
                }

                return new(client);
            }
        }

        public async Task<string> SendAsync(TestApi api, params (string Name, string Value)[] more) =>
            (await api.PostAsync(Messages, [("To", To), ("MessagingServiceSid", Service), .. more])
                .ExpectAsync(201))["sid"]!;

        public Task<string> ScheduleAsync(TestApi api, DateTimeOffset sendAt) =>
            SendAsync(api, ("Body", "Hi"), ("ScheduleType", "fixed"), ("SendAt", Iso(sendAt)));

        public Task<ApiResponse> FetchAsync(TestApi api, string message) =>
            api.GetAsync(Messages.Replace(".json", $"/{message}.json", StringComparison.Ordinal)).ExpectAsync(200);
    }
}
