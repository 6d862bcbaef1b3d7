using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>The requests that the server made to applications: listed, filtered, made again.</summary>
public sealed class WebhooksTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Unknown = "WH00000000000000000000000000000001";

    [Fact]
    public async Task Delivered_ones_show_what_was_sent_and_what_came_of_it()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var sid = await SendAsync(receiver.Url);

        var listed = await UntilAsync(3, ("MessageSid", sid), ("Outcome", "delivered"));

        Assert.Equal("webhooks", listed.Body!["meta"]!["key"]!.ToString());
        var newest = listed.Body["webhooks"]![0]!;
        Assert.Equal(["sid", "message_sid", "kind", "method", "url", "parameters", "signature", "attempts", "outcome"],
            newest.Names());
        Assert.Matches("^WH[0-9a-f]{32}$", newest["sid"]!.ToString());
        Assert.Equal((sid, "status_callback", "POST", receiver.Url, "delivered"), (newest["message_sid"]!.ToString(),
            newest["kind"]!.ToString(), newest["method"]!.ToString(), newest["url"]!.ToString(),
            newest["outcome"]!.ToString()));
        Assert.Equal("delivered", newest["parameters"]!["MessageStatus"]!.ToString());
        Assert.Equal(28, newest["signature"]!.ToString().Length);
        var attempt = Assert.Single(newest["attempts"]!.AsArray())!;
        Assert.Equal(["date", "status_code", "error", "error_code", "duration_ms", "url"], attempt.Names());
        Assert.Equal(204, (int)attempt["status_code"]!);
        Assert.Null(attempt["error"]);
        Assert.Null(attempt["error_code"]);
        Assert.InRange(ClockApi.Parse(attempt["date"]!.ToString()), TimeProvider.System.GetUtcNow().AddMinutes(-5),
            TimeProvider.System.GetUtcNow());
        Assert.InRange((long)attempt["duration_ms"]!, 0, 300_000);
    }

    [Fact]
    public async Task Failed_ones_say_why()
    {
        await using var app = await InboundApp.StartAsync();
        var gone = app.AnswerStatus("/gone", 404);
        await SendAsync(gone);

        var listed = await UntilAsync(3, ("Url", gone), ("Outcome", "failed"));

        var attempt = listed.Body!["webhooks"]![0]!["attempts"]![0]!;
        Assert.Equal((404, 11217), ((int)attempt["status_code"]!, (int)attempt["error_code"]!));
        Assert.NotEmpty(attempt["error"]!.ToString());
        Assert.Equal(0, await CountAsync(("Url", gone), ("Outcome", "delivered")));
        Assert.Equal(0, await CountAsync(("Url", gone + "/elsewhere")));
    }

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var sid = await SendAsync(receiver.Url);
        await UntilAsync(3, ("MessageSid", sid), ("Outcome", "delivered"));

        List<string> statuses = [];
        for (var page = $"{TestApi.WebhooksPath}?MessageSid={sid}&PageSize=2"; page is not null;)
        {
            var answer = await server.GetAsync(page);
            statuses.AddRange(answer.Body!["webhooks"]!.AsArray()
                .Select(webhook => webhook!["parameters"]!["MessageStatus"]!.ToString()));
            page = answer.Body["meta"]!["next_page_url"]?.ToString();
        }

        Assert.Equal(["delivered", "sent", "queued"], statuses);
    }

    [Fact]
    public async Task One_is_made_again_with_the_same_parameters_and_token()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var message = await SendAsync(receiver.Url);
        var newest = (await UntilAsync(3, ("MessageSid", message), ("Outcome", "delivered"))).Body!["webhooks"]![0]!;

        var replayed = await server.PostAsync($"{TestApi.WebhooksPath}/{newest["sid"]}/Replay");

        Assert.Equal((202, newest["sid"]!.ToString()), (replayed.Status, replayed["sid"]));
        await receiver.UntilAsync(received => received.Count == 4);
        var (first, again) = (receiver.Received.ElementAt(2), receiver.Received.ElementAt(3));
        Assert.Equal((first.MessageSid, first.Status, first.Token), (again.MessageSid, again.Status, again.Token));
        Assert.Equal(first.Parameters, again.Parameters);
        await UntilAsync(3, ("MessageSid", message), ("Outcome", "delivered"));
    }

    [Theory]
    [InlineData(Unknown)]
    [InlineData("WH1")]
    public async Task One_that_is_not_there_is_not_made_again(string sid)
    {
        var answer = await server.PostAsync($"{TestApi.WebhooksPath}/{sid}/Replay");

        Assert.Equal((404, "20404"), (answer.Status, answer["code"]));
    }

    [Theory]
    [InlineData("Outcome", "lost", "Outcome must be pending, delivered or failed, not 'lost'")]
    [InlineData("MessageSid", "SM1", "MessageSid 'SM1' is not a valid SID")]
    [InlineData("PageSize", "0", "PageSize must be at least 1")]
    public async Task Bad_filters_are_refused(string name, string value, string message)
    {
        var answer = await server.GetAsync($"{TestApi.WebhooksPath}?{name}={value}");

        Assert.Equal((400, "20001", message), (answer.Status, answer["code"], answer["message"]));
    }

    [Fact]
    public async Task Other_accounts_see_none()
    {
        const string other = "AC000000000000000000000000000000bb";
        await OtherAccount.AddAsync(server.ConnectionString, other, "othertoken");
        await using var receiver = await CallbackReceiver.StartAsync();
        var message = await SendAsync(receiver.Url);
        var webhook = (await UntilAsync(3, ("MessageSid", message))).Body!["webhooks"]![0]!["sid"];
        using var stranger = server.Client(other, "othertoken");
        using var anonymous = server.Client();

        Assert.Empty((await stranger.Api.GetAsync(TestApi.WebhooksPath)).Body!["webhooks"]!.AsArray());
        Assert.Equal(404, (await stranger.Api.PostAsync($"{TestApi.WebhooksPath}/{webhook}/Replay")).Status);
        Assert.Equal(401, (await anonymous.Api.GetAsync(TestApi.WebhooksPath)).Status);
        Assert.Equal(401, (await anonymous.Api.PostAsync($"{TestApi.WebhooksPath}/{webhook}/Replay")).Status);
    }

    private async Task<string> SendAsync(string callback)
    {
        var service = (string?)await Sql.ScalarAsync(server.ConnectionString,
            "SELECT sid FROM messaging_services LIMIT 1")
            ?? await server.Api.Services.CreateWithPoolAsync("+14155550151");
        return await server.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", "+14155552671"),
            ("Body", "Hi"), ("StatusCallback", callback));
    }

    private async Task<int> CountAsync(params (string Name, string Value)[] filter) =>
        (await ListAsync(filter)).Body!["webhooks"]!.AsArray().Count;

    private Task<ApiResponse> ListAsync(params (string Name, string Value)[] filter) => server.GetAsync(
        $"{TestApi.WebhooksPath}?{string.Join('&', filter.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"))}");

    private Task<ApiResponse> UntilAsync(int count, params (string Name, string Value)[] filter) =>
        Eventually.ValueAsync(
        () => ListAsync(filter),
        listed => listed.Body!["webhooks"]!.AsArray().Count == count,
        listed => listed.Text);
}
