using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Several servers fetch media together, and what one leaves behind another takes up.</summary>
public sealed class FetchMediaTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string From = "+14155550171", To = "+14155550123";
    private static readonly string[] Types = ["image/gif", "image/png", "image/gif"];
    private readonly PostgresDatabase database = new(postgres);

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Two_servers_fetch_each_medium_once()
    {
        await using var media = await MediaServer.StartAsync();
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await using var other = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await one.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", From));
        var urls = Enumerable.Range(0, 60).Select(_ => media.Serve("image/png", [1, 2, 3])).ToList();

        var sids = await Task.WhenAll(urls.Select((url,
            i) => (i % 2 == 0 ? one : other).Api.Messages.SendAsync(("To", To), ("From", From), ("MediaUrl", url))));

        foreach (var sid in sids) await one.Api.Messages.UntilAsync(sid, "delivered");
        Assert.Equal(urls.Select(url => new Uri(url).AbsolutePath).Order(), media.Requests.Order());
        Assert.Equal((60L, 0L), (await CountAsync("media"), await CountAsync("media_queue")));
    }

    [Fact]
    public async Task A_message_that_a_commit_in_doubt_has_queued_a_second_time_goes_on_all_the_same()
    {
        await using var media = await MediaServer.StartAsync();
        var (requested, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var url = media.Serve("image/png", MediaServer.Picture, () =>
        {
            requested.TrySetResult();
            return go.Task;
        });
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        var service = await server.Api.Services.CreateWithPoolAsync(From);
        var sid = await server.Api.Messages.SendAsync(("To", To), ("MessagingServiceSid", service), ("MediaUrl", url));
        await requested.Task.WaitAsync(TimeSpan.FromSeconds(30));
        // As when the intake repeats a commit that had happened; later than the test, so that no stage takes it before.
        await Sql.ScalarAsync(database.ConnectionString,
            $"""
             INSERT INTO message_queue (message_sid, account_sid, stage, due_at, wake)
             VALUES ('{sid}', '{MessagingServer.AccountSid}', 'select_sender', now(), now() + interval '1 day')
             """);

        go.SetResult();

        await server.Api.Messages.UntilAsync(sid, "delivered");
        Assert.Equal(0L, await CountAsync("message_queue"));
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_fetch_it_is_done_again_and_stored_once()
    {
        await using var media = await MediaServer.StartAsync();
        var requested = 0;
        var url = media.Serve("image/png", MediaServer.Picture,
            () => Interlocked.Increment(ref requested) == 1 ? Task.Delay(-1) : Task.CompletedTask);
        string sid;
        await using (var killed = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier))
        {
            await killed.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", From));
            sid = await killed.Api.Messages.SendAsync(("To", To), ("From", From), ("MediaUrl", url));
            await CallbackServer.UntilAsync(() => Task.FromResult(Volatile.Read(ref requested) == 1),
                "it is being fetched");
            await killed.KillAsync();
        }

        await using var next = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);

        await next.Api.Messages.UntilAsync(sid, "delivered");
        Assert.Equal((2, 1L, 0L), (requested, await CountAsync("media"), await CountAsync("media_queue")));
    }

    [Fact]
    public async Task Stopped_in_order_a_server_leaves_its_fetches_to_others_at_once()
    {
        await using var media = await MediaServer.StartAsync();
        var requested = 0;
        var url = media.Serve("image/png", MediaServer.Picture,
            () => Interlocked.Increment(ref requested) == 1 ? Task.Delay(-1) : Task.CompletedTask);
        await using var stopped = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await stopped.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", From));
        var sid = await stopped.Api.Messages.SendAsync(("To", To), ("From", From), ("MediaUrl", url));
        await CallbackServer.UntilAsync(() => Task.FromResult(Volatile.Read(ref requested) == 1),
            "it is being fetched");

        Assert.Equal(0, await stopped.StopAsync());

        Assert.Equal(1L, await Sql.ScalarAsync(database.ConnectionString,
            "SELECT count(*) FROM media_queue WHERE claimed_by IS NULL"));
        await using var next = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await next.Api.Messages.UntilAsync(sid, "delivered");
    }

    [Fact]
    public async Task A_server_without_the_stage_leaves_media_to_one_that_has_it()
    {
        await using var media = await MediaServer.StartAsync();
        await using var rest = await ServerUnderTest.StartAsync(database.ConnectionString,
            [.. Fast.Carrier, "--Pipeline:Stages", "SelectSenders,HandToCarrier,ApplyCarrierReports"]);
        var service = await rest.Api.Services.CreateWithPoolAsync(From);
        var sid = await rest.Api.Messages.SendAsync(("To", To), ("MessagingServiceSid", service),
            ("MediaUrl", media.PictureUrl));
        await rest.Api.Messages.UntilAsync(sid, "queued");
        Assert.Empty(media.Requests);

        await using var fetching = await ServerUnderTest.StartAsync(database.ConnectionString, "--Pipeline:Stages",
            "FetchMedia");

        await rest.Api.Messages.UntilAsync(sid, "delivered");
    }

    [Fact]
    public async Task A_clock_move_waits_for_media_and_the_message_has_the_times_of_real_time()
    {
        await using var server = new FrozenMessagingServer(postgres);
        await server.InitializeAsync();
        await using var media = await MediaServer.StartAsync();
        var url = media.Serve("image/png", MediaServer.Picture, () => Task.Delay(300));
        var service = await server.Api.Services.CreateWithPoolAsync(From);
        var now = await server.Api.Clock.NowAsync();
        var sid = await server.Api.Messages.SendAsync(("To", To), ("MessagingServiceSid", service), ("MediaUrl", url),
            ("ValidityPeriod", "60"));

        await server.Api.Clock.ChangeAsync(("Advance", "P1D"));

        Assert.Equal([("accepted", now), ("queued", now), ("sending", now), ("sent", now.AddMilliseconds(10)),
            ("delivered", now.AddMilliseconds(20))],
            await server.Api.Messages.StatusesAsync(sid));
    }

    [Fact]
    public async Task A_message_whose_media_cannot_be_stored_fails_and_delays_no_other()
    {
        await using var server = new FrozenMessagingServer(postgres);
        await server.InitializeAsync();
        await using var media = await MediaServer.StartAsync();
        await Sql.ScalarAsync(server.ConnectionString,
            "ALTER TABLE media ADD CONSTRAINT no_gif CHECK (content_type <> 'image/gif')");
        var from = await server.Api.Numbers.CreateNewAsync();

        var sids = await Task.WhenAll(Types.Select(type => server.Api.Messages.SendAsync(("To", To), ("From", from),
            ("MediaUrl", media.Serve(type, [1])))));
        await server.Api.Clock.ChangeAsync(("Advance", "PT1S"));

        var messages = await Task.WhenAll(sids.Select(sid => server.GetAsync(MessagesApi.PathOf(sid))));
        Assert.Equal(["30008", null, "30008"], messages.Select(message => message["error_code"]));
        Assert.Equal("delivered", messages[1]["status"]);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_set_aside()
    {
        await using var server = new MessagingServer(postgres);
        await server.InitializeAsync();
        var released = new TaskCompletionSource();
        await using var media = await MediaServer.StartAsync();
        var url = media.Serve("image/png", [1], () => released.Task);
        var sid = await server.Api.Messages.SendAsync(("To", To), ("From", await server.Api.Numbers.CreateNewAsync()),
            ("MediaUrl", url));
        await CallbackServer.UntilAsync(() => Task.FromResult(media.Requests.Count == 1), "it is being fetched");
        await Sql.ScalarAsync(server.ConnectionString,
            $"UPDATE messages SET status_changes = '[1]' WHERE sid = '{sid}'");
        released.SetResult();

        await CallbackServer.UntilAsync(
            async () =>
                0L.Equals(await Sql.ScalarAsync(server.ConnectionString, "SELECT count(*) FROM media_queue")),
                "it is set aside");
        Assert.Single(media.Requests);
    }

    private async Task<long> CountAsync(string table) =>
        (long)(await Sql.ScalarAsync(database.ConnectionString, $"SELECT count(*) FROM {table}"))!;
}
