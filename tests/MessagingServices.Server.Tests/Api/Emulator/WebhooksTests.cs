using System.Text.Json.Nodes;
using MessagingServices.Server.Api.Emulator;
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
        Assert.Equal(["sid", "message_sid", "kind", "method", "url", "parameters", "signature",
            "signed_text", "attempts", "outcome", "fault"],
            newest.Names());
        Assert.Matches("^WH[0-9a-f]{32}$", newest["sid"]!.ToString());
        Assert.Equal((sid, "status_callback", "POST", receiver.Url, "delivered"), (newest["message_sid"]!.ToString(),
            newest["kind"]!.ToString(), newest["method"]!.ToString(), newest["url"]!.ToString(),
            newest["outcome"]!.ToString()));
        Assert.Equal("delivered", newest["parameters"]!["MessageStatus"]!.ToString());
        Assert.Equal(28, newest["signature"]!.ToString().Length);
        var attempt = Assert.Single(newest["attempts"]!.AsArray())!;
        Assert.Equal(
            ["date", "status_code", "error", "error_code", "duration_ms", "duplicate", "url", "request_headers",
                "response_headers", "response_body"], attempt.Names());
        var headers = Headers(attempt["request_headers"]);
        Assert.Equal(newest["signature"]!.ToString(), headers["X-Twilio-Signature"]);
        Assert.Equal(new Uri(receiver.Url).Authority, headers["Host"]);
        var sent = receiver.Received.Last();
        Assert.Equal(sent.Token, headers["I-Twilio-Idempotency-Token"]);
        Assert.Equal(RequestSignature.SignedText(receiver.Url, sent.Parameters), newest["signed_text"]!.ToString());
        Assert.Contains("Date", Headers(attempt["response_headers"]));
        Assert.Equal("", attempt["response_body"]!.ToString());
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

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task Response_shows_its_headers_and_the_beginning_of_its_body(int status)
    {
        await using var app = await InboundApp.StartAsync();
        var url = app.AnswerBytes($"/said/{status}", "text/plain", [.. Enumerable.Repeat((byte)'x', 5000)], status);
        var sid = await SendAsync(url);

        var listed = await UntilAsync(3, ("MessageSid", sid), ("Outcome", status == 200 ? "delivered" : "failed"));

        var attempt = listed.Body!["webhooks"]![0]!["attempts"]!.AsArray()[^1]!;
        Assert.Equal("text/plain", Headers(attempt["response_headers"])["Content-Type"]);
        Assert.Equal(new string('x', 4096), attempt["response_body"]!.ToString());
    }

    [Fact]
    public async Task Kind_host_and_time_filter()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var sid = await SendAsync(receiver.Url);
        await UntilAsync(3, ("MessageSid", sid), ("Outcome", "delivered"));
        var (host, port) = (new Uri(receiver.Url).Host, new Uri(receiver.Url).Port);

        Assert.Equal(3, await CountAsync(("MessageSid", sid), ("Kind", "status_callback")));
        Assert.Equal(0, await CountAsync(("MessageSid", sid), ("Kind", "inbound")));
        Assert.Equal(3, await CountAsync(("MessageSid", sid), ("Host", host.ToUpperInvariant())));
        Assert.Equal(3, await CountAsync(("MessageSid", sid), ("Host", $"{host}:{port}")));
        Assert.Equal(0, await CountAsync(("MessageSid", sid), ("Host", $"{host}:1{port % 1000}")));
        Assert.Equal(0, await CountAsync(("MessageSid", sid), ("Host", "27.0.0.1")));
        Assert.Equal(0, await CountAsync(("MessageSid", sid), ("Host", host.Replace('.', 'x'))));
        Assert.Equal(3, await CountAsync(("MessageSid", sid), ("Since", "2020-01-01")));
        Assert.Equal(0, await CountAsync(("MessageSid", sid), ("Since", "2999-01-01T00:00:00Z")));
    }

    [Theory]
    [InlineData("example.com", "https://example.com", true)]
    [InlineData("example.com", "http://user:p@example.com:81/x?y", true)]
    [InlineData("example.com", "http://an.example.com/", false)]
    [InlineData("example.com", "http://example.com.org/", false)]
    [InlineData("example.com", "http://other.org/http://example.com/", false)]
    [InlineData("example.com:443", "https://EXAMPLE.com/x", true)]
    [InlineData("example.com:443", "https://example.com:443/x", true)]
    [InlineData("example.com:443", "http://example.com:443/x", true)]
    [InlineData("example.com:443", "http://example.com/x", false)]
    [InlineData("example.com:80", "http://example.com#rc=1", true)]
    [InlineData("example.com:80", "https://example.com/", false)]
    [InlineData("example.com:8080", "https://example.com:8080?x", true)]
    [InlineData("example.com:8080", "https://example.com:80801/", false)]
    [InlineData("[::1]:81", "http://[::1]:81/x", true)]
    public async Task Host_is_that_of_the_URL(string host, string url, bool matches)
    {
        var pattern = HostPattern.Of(host).Replace("'", "''", StringComparison.Ordinal);

        Assert.Equal(matches, await Sql.ScalarAsync(server.ConnectionString, $"SELECT '{url}' ~ '(?ip){pattern}'"));
    }

    [Fact]
    public async Task Many_are_made_again_by_a_filter()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var message = await SendAsync(receiver.Url);
        await UntilAsync(3, ("MessageSid", message), ("Outcome", "delivered"));

        var none = await server.PostAsync(
            $"{TestApi.WebhooksPath}/Replay", ("MessageSid", message), ("Outcome", "failed")).ExpectAsync(202);
        var all = await server.PostAsync(
            $"{TestApi.WebhooksPath}/Replay", ("MessageSid", message), ("Kind", "status_callback")).ExpectAsync(202);

        Assert.Equal("""{"replayed":0,"complete":true}""", none.Body!.ToJsonString());
        Assert.Equal("""{"replayed":3,"complete":true}""", all.Body!.ToJsonString());
        await receiver.UntilAsync(received => received.Count == 6);
        Assert.Equal(
            ["queued", "sent", "delivered", "queued", "sent", "delivered"],
            receiver.Received.Select(callback => callback.Status));
        await UntilAsync(3, ("MessageSid", message), ("Outcome", "delivered"));
        using var stranger = await server.OtherAccountAsync();
        var others = await stranger.Api.PostAsync($"{TestApi.WebhooksPath}/Replay").ExpectAsync(202);
        Assert.Equal("0", others["replayed"]);
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
    [InlineData("Outcome", "lost", "Outcome must be pending, delivered, failed or dropped, not 'lost'")]
    [InlineData("MessageSid", "SM1", "MessageSid 'SM1' is not a valid SID")]
    [InlineData("Kind", "call", "Kind 'call' is no kind of a webhook")]
    [InlineData("Host", "a/b", "Host 'a/b' is not a host, such as example.com or example.com:8080")]
    [InlineData("Since", "now", "Since 'now' is not a date")]
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

    private static Dictionary<string, string> Headers(JsonNode? headers) => headers!.AsArray()
        .ToDictionary(header => header!["name"]!.ToString(), header => header!["value"]!.ToString());

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
