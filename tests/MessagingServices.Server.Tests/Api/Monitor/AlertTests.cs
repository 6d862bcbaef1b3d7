using System.Text.Json.Nodes;
using MessagingServices.Server.Api.Monitor;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MessagingServices.Server.Tests.Api.Monitor;

/// <summary>Alerts: the errors of webhooks and TwiML, as Twilio's debugger shows them.</summary>
public sealed class AlertTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public void Every_parameter_is_tried_here() =>
        Field.AssertCovers(typeof(AlertFilter), [], "LogLevel", "StartDate", "EndDate", "ResourceSid");

    [Fact]
    public async Task A_webhook_that_fails_is_an_error_and_bad_TwiML_that_is_ignored_a_warning()
    {
        await using var app = await InboundApp.StartAsync();
        var failed = await ReceiveAsync(app.AnswerStatus("/fails", 502));
        var warned = await ReceiveAsync(app.AnswerTwiml("/warns", "<Dance/>"));
        var fine = await ReceiveAsync(app.AnswerTwiml("/fine", ""));

        var error = Assert.Single(await ListAsync($"ResourceSid={failed}"));
        var warning = Assert.Single(await ListAsync($"ResourceSid={warned}"));

        Assert.Equal(("error", "11200", $"{app.Url}/fails", "POST", failed), Facts(error));
        Assert.Equal("warning", warning!["log_level"]!.ToString());
        Assert.Equal($"{app.Url}/warns", warning["request_url"]!.ToString());
        Assert.Contains("httpResponse=502", error!["alert_text"]!.ToString(), StringComparison.Ordinal);
        Assert.Empty(await ListAsync($"ResourceSid={fine}"));
        Assert.Empty(await ListAsync($"ResourceSid={failed}&LogLevel=warning"));
        Assert.Empty(await ListAsync("LogLevel=debug"));
        var fetched = await server.GetAsync($"/v1/Alerts/{error["sid"]}").ExpectAsync(200);
        Assert.Contains($"MessageSid={failed}", fetched["request_variables"], StringComparison.Ordinal);
        Assert.Equal($"{server.Url}/v1/Alerts/{error["sid"]}", fetched["url"]);
    }

    [Fact]
    public async Task A_fetched_alert_shows_the_request_and_the_response_and_a_list_does_not()
    {
        await using var app = await InboundApp.StartAsync();
        byte[] body = [.. "<b>\0\"Busy\" "u8, 0xff, .. Enumerable.Repeat((byte)'a', 9_000)];
        var failed = await ReceiveAsync(app.Respond("/fails", (_, context) =>
        {
            context.Response.StatusCode = 500;
            context.Response.Headers["X-Why"] = new StringValues(["too busy", "again"]);
            return context.Response.Body.WriteAsync(body).AsTask();
        }));
        var warned = await ReceiveAsync(app.AnswerTwiml("/warns", "<Dance/>"));
        var unreachable = await ReceiveAsync("http://127.0.0.1:1/nobody");

        var error = await FetchAsync(failed);
        var warning = await FetchAsync(warned);
        var silent = await FetchAsync(unreachable);

        Assert.StartsWith("<b>\uFFFD\"Busy\" \uFFFDaaa", error["response_body"], StringComparison.Ordinal);
        Assert.Equal(4096, error["response_body"]!.Length);
        Assert.Contains("X-Why=too+busy&X-Why=again", error["response_headers"], StringComparison.Ordinal);
        Assert.Contains("Body=Hi&", error["request_variables"], StringComparison.Ordinal);
        Assert.Null(error["request_headers"]);
        Assert.Contains("request_headers", error.Body.Names());
        Assert.EndsWith("<Response><Dance/></Response>", warning["response_body"], StringComparison.Ordinal);
        Assert.Contains("Content-Type=text%2Fxml", warning["response_headers"], StringComparison.Ordinal);
        Assert.Contains("LogLevel=WARN&", warning["alert_text"], StringComparison.Ordinal);
        Assert.Equal(("", ""), (silent["response_body"], silent["response_headers"]));
        var listed = Assert.Single(await ListAsync($"ResourceSid={failed}"));
        Assert.DoesNotContain(listed.Names(), name => name.StartsWith("re", StringComparison.Ordinal)
            && name is not ("request_method" or "request_url" or "resource_sid"));
        Assert.Equal(
            ["sourceComponent=14100", "httpResponse=500", $"url={Uri.EscapeDataString($"{app.Url}/fails")}",
                "ErrorCode=11200", "LogLevel=ERROR", "Msg=HTTP+status+500", "EmailNotification=false"],
            error["alert_text"]!.Split('&'));
    }

    [Fact]
    public async Task An_error_whose_body_never_ends_is_kept_as_far_as_it_came()
    {
        await using var app = await InboundApp.StartAsync();
        var failed = await ReceiveAsync(app.Respond("/endless", async (_, context) =>
        {
            context.Response.StatusCode = 503;
            await context.Response.WriteAsync("Busy");
            await context.Response.Body.FlushAsync();
            var over = new TaskCompletionSource();
            await using var aborted = context.RequestAborted.Register(over.SetResult);
            await over.Task;
        }));

        Assert.Equal("Busy", (await FetchAsync(failed))["response_body"]);
    }

    [Fact]
    public async Task A_status_callback_that_fails_is_an_error()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync();
        var sid = await server.Api.Messages.SendAsync(("From", number), ("To", "+14155550199"), ("Body", "a"),
            ("StatusCallback", app.AnswerStatus("/status", 404)));
        await server.Api.Messages.UntilAsync(sid, "delivered");
        await server.Api.Messages.WebhooksAsync(sid);

        var alerts = await ListAsync($"ResourceSid={sid}&PageSize=1");

        Assert.Equal(("error", "11217", $"{app.Url}/status", "POST", sid), Facts(alerts[0]));
    }

    [Fact]
    public async Task A_status_callback_that_is_delivered_by_a_later_attempt_is_a_warning()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync();
        var requests = 0;
        var url = app.Respond("/recovers", (_, context) =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref requests) == 1 ? 503 : 200;
            return Task.CompletedTask;
        });
        var sid = await server.Api.Messages.SendAsync(("From", number), ("To", "+14155550199"), ("Body", "a"),
            ("StatusCallback", $"{url}#rc=2&rp=5xx"));
        await server.Api.Messages.UntilAsync(sid, "delivered");
        await server.Api.Messages.WebhooksAsync(sid);

        var warning = Assert.Single(await ListAsync($"ResourceSid={sid}"));
        Assert.Equal(("warning", "11217", url, "POST", sid), Facts(warning));
    }

    [Fact]
    public async Task Dates_filter_and_lists_have_pages()
    {
        await using var app = await InboundApp.StartAsync();
        var url = app.AnswerStatus("/fails", 500);
        for (var i = 0; i < 3; i++) await ReceiveAsync(url);
        var today = (await server.Api.Clock.NowAsync()).ToString("yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture);

        var page = await server.GetAsync($"/v1/Alerts?StartDate={today}&EndDate={today}&PageSize=2").ExpectAsync(200);
        var next = await server.GetAsync(page.Body!["meta"]!["next_page_url"]!.ToString()).ExpectAsync(200);

        Assert.Equal(2, page.Body["alerts"]!.AsArray().Count);
        Assert.NotEmpty(next.Body!["alerts"]!.AsArray());
        Assert.Empty(await ListAsync("StartDate=2100-01-01T00:00:00Z"));
        Assert.Empty(await ListAsync("EndDate=2001-01-01"));
    }

    [Theory]
    [InlineData("LogLevel=loud")]
    [InlineData("StartDate=yesterday")]
    [InlineData("EndDate=2024-01-01T10:00")]
    [InlineData("ResourceSid=SM1")]
    public async Task Unreadable_filters_are_refused(string query) =>
        await server.GetAsync($"/v1/Alerts?{query}").ExpectErrorAsync(400, 20001);

    [Fact]
    public async Task Accounts_do_not_see_each_other_and_there_are_no_events()
    {
        await using var app = await InboundApp.StartAsync();
        var sid = await ReceiveAsync(app.AnswerStatus("/fails", 500));
        var alert = Assert.Single(await ListAsync($"ResourceSid={sid}"))!["sid"]!.ToString();
        using var other = await server.OtherAccountAsync();

        await other.Api.GetAsync($"/v1/Alerts/{alert}").ExpectErrorAsync(404, 20404);
        Assert.Empty((await other.Api.GetAsync("/monitor/v1/Alerts")).Body!["alerts"]!.AsArray());
        await server.GetAsync($"/v1/Alerts/{sid}").ExpectErrorAsync(404, 20404);
        Assert.Empty((await server.GetAsync("/v1/Events").ExpectAsync(200)).Body!["events"]!.AsArray());
        await server.GetAsync($"/v1/Events/AE{new string('0', 32)}").ExpectErrorAsync(404, 20404);
    }

    private async Task<string> ReceiveAsync(string url)
    {
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", url));
        var sid = (await server.Api.Messages.OpenWindowAsync("+14155550199", number))["sid"]!;
        await server.Api.Messages.WebhooksAsync(sid);
        return sid;
    }

    private async Task<ApiResponse> FetchAsync(string message)
    {
        var alert = Assert.Single(await ListAsync($"ResourceSid={message}"));
        return await server.GetAsync($"/v1/Alerts/{alert!["sid"]}").ExpectAsync(200);
    }

    private async Task<JsonArray> ListAsync(string query) =>
        (await server.GetAsync($"/v1/Alerts?{query}").ExpectAsync(200)).Body!["alerts"]!.AsArray();

    private static (string, string, string, string, string) Facts(JsonNode? alert) => (
        alert!["log_level"]!.ToString(), alert["error_code"]!.ToString(), alert["request_url"]!.ToString(),
        alert["request_method"]!.ToString(), alert["resource_sid"]!.ToString());
}
