using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>Numbers about the messages of the account that asks.</summary>
public sealed class StatisticsTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private const string Path = "/emulator/v1/Statistics";

    [Fact]
    public async Task Messages_are_counted_by_status_error_and_step()
    {
        await server.Api.ResetAsync();
        var from = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(from);
        await server.PostAsync(
            "/emulator/v1/CarrierRules", ("BodyContains", "lost"), ("Outcome", "undelivered"), ("ErrorCode", "30005"))
            .ExpectAsync(201);
        await using var receiver = await CallbackReceiver.StartAsync();
        var start = (await server.GetAsync("/emulator/v1/Clock"))["now"]!;
        await SendAsync(from, "one", ("StatusCallback", receiver.Url));
        await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT10M")).ExpectAsync(200);
        await SendAsync(from, "lost");
        await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT1M")).ExpectAsync(200);
        await SendAsync(from, "waits");
        await receiver.UntilAsync(received => received.Count == 2);

        var found = await server.GetAsync($"{Path}?Since={start}&Step=PT10M").ExpectAsync(200);

        Assert.Equal(
            ["since", "complete", "statuses", "errors", "latency_ms", "queues", "senders", "steps"],
            found.Body.Names());
        Assert.Equal((start, "true"), (found["since"], found["complete"]));
        Assert.Equal((1, 1), (Number(found, "statuses", "delivered"), Number(found, "statuses", "undelivered")));
        Assert.Equal(1, Number(found, "errors", "30005"));
        Assert.Equal(10, Number(found, "latency_ms", "sent", "p50"));
        Assert.Equal(20, Number(found, "latency_ms", "delivered", "p95"));
        Assert.Equal(["p50", "p95"], found.Body!["latency_ms"]!["callbacks"].Names());
        Assert.Equal(1, found.Body["queues"]!.AsObject().Where(queue => queue.Key != "webhooks")
            .Sum(queue => (int)queue.Value!));
        var steps = found.Body["steps"]!.AsArray();
        Assert.Equal(2, steps.Count);
        Assert.Equal(start, steps[0]!["start"]!.ToString());
        Assert.Equal(["delivered"], steps[0]!["statuses"].Names());
        Assert.Contains("undelivered", steps[1]!["statuses"].Names());
        Assert.Equal(["30005"], steps[1]!["errors"].Names());
        using var other = await server.OtherAccountAsync();
        var none = await other.Api.GetAsync($"{Path}?Since={start}").ExpectAsync(200);
        Assert.Empty(none.Body!["statuses"]!.AsObject());
        Assert.All(none.Body["queues"]!.AsObject(), queue => Assert.Equal(0, (int)queue.Value!));
        Assert.Empty(none.Body["steps"]!.AsArray());
    }

    [Fact]
    public async Task Messages_that_wait_are_counted_by_sender()
    {
        await server.Api.ResetAsync();
        var from = NumbersApi.New();
        var service = await server.Api.Services.CreateWithPoolAsync(from);
        var later = ClockApi.Parse((await server.GetAsync("/emulator/v1/Clock"))["now"]!).AddDays(1);
        await server.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", Handset.NewAddress()),
            ("Body", "Hi"), ("ScheduleType", "fixed"), ("SendAt", later.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")));

        var found = await server.GetAsync(Path).ExpectAsync(200);

        Assert.Equal(1, Number(found, "queues", "select_sender"));
        Assert.Equal(1, Number(found, "statuses", "scheduled"));
    }

    [Theory]
    [InlineData("Since=yesterday")]
    [InlineData("Step=often")]
    [InlineData("Step=PT0S")]
    [InlineData("Since=2020-01-01&Step=PT1S")]
    public Task Bad_times_are_refused(string query) => server.GetAsync($"{Path}?{query}").ExpectErrorAsync(400, 20001);

    private static int Number(ApiResponse response, params string[] path) =>
        (int)path.Aggregate(response.Body!, (node, name) => node[name]!);

    private Task<string> SendAsync(string from, string body, params (string, string)[] more) =>
        server.Api.Messages.SendAsync([("From", from), ("To", Handset.NewAddress()), ("Body", body), .. more]);
}
