using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Listeners on each of two servers learn what both do, also when one is killed.</summary>
[Collection(typeof(LoadTests))]
public sealed class EventsOfTwoServersTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Messages = "Types=message.created,message.updated";
    private static readonly int Count = TestSize.Of(few: 2_000, all: 10_000);

    [Fact]
    public async Task Listeners_on_both_servers_know_the_final_status_of_every_message()
    {
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await using var other = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await UntilRunningAsync(2);
        var account = await TestAccount.CreateAsync(one.Http);
        var onOther = account.On(other.Http.BaseAddress!);
        var service = await account.Api.Services.CreateWithPoolAsync(NumbersApi.New(), NumbersApi.New());
        await using var first = await EventStream.OpenAsync(account.Http, Messages);
        await using var second = await EventStream.OpenAsync(onOther.Http, Messages);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) => await (i % 2 == 0 ? account : onOther).Api.Messages.SendAsync(
                ("To", $"+1415777{i:0000}"[..12]), ("MessagingServiceSid", service), ("Body", $"Message {i}")));

        await Task.WhenAll(FollowAsync(first, account.Api), FollowAsync(second, onOther.Api));
    }

    [Fact]
    public async Task When_a_server_is_killed_the_listeners_of_the_other_get_a_resync_and_go_on()
    {
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await using var other = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await UntilRunningAsync(2);
        var account = await TestAccount.CreateAsync(one.Http);
        var onOther = account.On(other.Http.BaseAddress!);
        await using var broken = await EventStream.OpenAsync(account.Http);
        await using var stream = await EventStream.OpenAsync(onOther.Http);
        var rule = await account.Api.CreateAsync("/emulator/v1/CarrierRules", ("Outcome", "sent"));
        await stream.ExpectAsync("rule.updated", found => found["sid"] == rule);
        Assert.DoesNotContain(stream.Events, found => found.Type == "resync");

        await one.KillAsync();

        await stream.ExpectAsync("resync");
        await broken.BreakAsync();
        rule = await onOther.Api.CreateAsync("/emulator/v1/CarrierRules", ("Outcome", "sent"));
        await stream.ExpectAsync("rule.updated", found => found["sid"] == rule);
    }

    [Fact]
    public async Task A_server_that_starts_later_tells_those_who_listen_already()
    {
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await UntilRunningAsync(1);
        var account = await TestAccount.CreateAsync(one.Http);
        await using var stream = await EventStream.OpenAsync(account.Http);

        await using var late = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        var rule = await account.On(late.Http.BaseAddress!).Api.CreateAsync(
            "/emulator/v1/CarrierRules", ("Outcome", "sent"));

        await stream.ExpectAsync("rule.updated", found => found["sid"] == rule);
        Assert.Equal(0, await late.StopAsync());
        rule = await account.Api.CreateAsync("/emulator/v1/CarrierRules", ("Outcome", "sent"));
        await stream.ExpectAsync("rule.updated", found => found["sid"] == rule);
        Assert.DoesNotContain(stream.Events, found => found.Type == "resync");
    }

    [Fact]
    public async Task A_server_with_100_streams_stops_in_order()
    {
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString);
        List<EventStream> streams = [];
        for (var i = 0; i < 100; i++) streams.Add(await EventStream.OpenAsync(server.Http));

        var exitCode = await server.StopAsync();

        Assert.Equal(0, exitCode);
        // What it says after 4.5 seconds.
        Assert.DoesNotContain("The server ends now", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(" ERR ", server.Output, StringComparison.Ordinal);
        foreach (var stream in streams)
        {
            await stream.EndAsync();
            await stream.DisposeAsync();
        }
    }

    /// <summary>Waits until the servers that other tests have killed count as gone.</summary>
    private Task UntilRunningAsync(long servers) => Eventually.TrueAsync(
        async () => await Sql.ScalarAsync(
            database.ConnectionString, "SELECT count(*) FROM server_processes WHERE NOT has_left") is long running
            && running == servers,
        () => $"Not {servers} server(s) count as running");

    /// <summary>
    /// Does what a client does: applies the events, and reads again when a resync tells it to. Ends when it knows the
    /// final status of every message.
    /// </summary>
    private static async Task FollowAsync(EventStream stream, TestApi api)
    {
        Dictionary<string, string> known = [];
        var applied = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                foreach (var one in stream.Events.Skip(applied))
                {
                    if (one.Type == "resync") known = await ReadAsync(api);
                    else known[one["sid"]!] = one["status"]!;
                    applied++;
                }

                return known.Count == Count && known.Values.All(status => status == "delivered");
            },
            () => $"It knows {known.Count} of {Count}: "
                + string.Join(", ", known.Values.CountBy(status => status)), TimeSpan.FromMinutes(3));
    }

    private static async Task<Dictionary<string, string>> ReadAsync(TestApi api)
    {
        Dictionary<string, string> statuses = [];
        var next = $"{MessagesApi.Path}?PageSize=1000";
        while (next is not null)
        {
            var page = await api.GetAsync(next).ExpectAsync(200);
            foreach (var message in page.Body!["messages"]!.AsArray())
                statuses[message!["sid"]!.ToString()] = message["status"]!.ToString();
            next = page["next_page_uri"];
        }

        return statuses;
    }
}
