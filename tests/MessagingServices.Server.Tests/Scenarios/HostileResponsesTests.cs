using System.Text;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// Applications that answer to inbound messages as no application should: recorded with the right code, the fallback
/// used.
/// </summary>
public sealed class HostileResponsesTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly string Bomb =
        "<!DOCTYPE r [<!ENTITY a0 \"ha\">" + string.Concat(Enumerable.Range(1,
            30).Select(i => $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">"))
        + "]><Response><Message>&a30;</Message></Response>";

    [Theory]
    [InlineData("text/xml", "<Response><Message>a</Response>", 12100)]
    [InlineData("text/xml", "not xml", 12100)]
    [InlineData("text/xml",
        "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Response><Message>&x;</Message></Response>", 12100)]
    [InlineData("text/xml", "<Twiml/>", 12102)]
    [InlineData("text/html", "<!DOCTYPE html><html><body>Hello</body></html>", 12100)]
    [InlineData("text/html", "<html><body>Hello</body></html>", 12102)]
    [InlineData("application/json", "{}", 12300)]
    [InlineData(null, "<Response/>", 12300)]
    [InlineData("text/xml", "<Response><Redirect>ftp://example.com</Redirect></Response>", 11100)]
    public async Task An_answer_that_says_nothing_is_recorded_with_its_code(string? type, string body, int code) =>
        await ExpectAsync(app => app.AnswerBytes("/sms", type, Encoding.UTF8.GetBytes(body)), code, 200);

    [Fact]
    public Task An_answer_that_is_compressed_is_not_read() =>
        ExpectAsync(app => app.Respond("/sms", async (_, context) =>
    {
        context.Response.ContentType = "text/xml";
        context.Response.Headers.ContentEncoding = "gzip";
        await context.Response.Body.WriteAsync(new byte[] { 0x1f, 0x8b });
    }), 12300, 200);

    [Fact]
    public Task Entities_are_not_expanded() =>
        ExpectAsync(app => app.AnswerBytes("/sms", "text/xml", Encoding.UTF8.GetBytes(Bomb)), 12100, 200);

    [Fact]
    public Task A_megabyte_is_not_read_to_its_end() => ExpectAsync(
        app =>
            app.AnswerBytes("/sms", "text/xml",
                Encoding.UTF8.GetBytes($"<Response><Message>{new string('a', 1_000_000)}</Message></Response>")), 11750,
                    200);

    [Fact]
    public Task Redirects_of_http_end() => ExpectAsync(app => app.Respond("/sms", (_, context) =>
    {
        context.Response.Redirect("/sms");
        return Task.CompletedTask;
    }), 11215, 302);

    [Fact]
    public async Task Redirects_of_documents_end()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.AnswerTwiml("/sms", "<Redirect/>")),
            ("SmsFallbackUrl", app.AnswerText("/fallback", "Sorry")));
        var handset = Handset.New(server);

        await handset.SendAsync(number, "Hi");

        await handset.ExpectSmsAsync("Sorry");
        Assert.Equal("14106", app.At("/fallback")[0]["ErrorCode"]);
        Assert.Equal(50, app.At("/sms").Count);
    }

    [Fact]
    public async Task Replies_after_the_tenth_are_not_sent()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl",
            app.AnswerTwiml("/sms",
                string.Concat(Enumerable.Range(1, 12).Select(i => $"<Message>Reply {i:00}</Message>")))));
        var handset = Handset.New(server);

        var received = await handset.SendAsync(number, "Hi");

        foreach (var i in Enumerable.Range(1, 10)) await handset.ExpectSmsAsync($"Reply {i:00}");
        await handset.NoMoreAsync();
        var webhook = Assert.Single(await server.Api.Messages.WebhooksAsync(received["sid"]!));
        Assert.Equal(("delivered", "14109"),
            (webhook["outcome"]!.ToString(), webhook["attempts"]![0]!["error_code"]!.ToString()));
    }

    [Fact]
    public async Task What_is_no_twiml_is_noted_and_the_rest_holds()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl",
            app.AnswerTwiml("/sms", "<Say>Hi</Say><Message colour=\"red\">Hello</Message>")));
        var handset = Handset.New(server);

        var received = await handset.SendAsync(number, "Hi");

        await handset.ExpectSmsAsync("Hello");
        var error =
            Assert.Single(await server.Api.Messages.WebhooksAsync(
                received["sid"]!))["attempts"]![0]!["error"]!.ToString();
        Assert.Contains("14110", error, StringComparison.Ordinal);
        Assert.Contains("12200", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_closes_half_way_is_a_failure()
    {
        await using var receiver =
            HostileMedia.Answering(
                "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<Response><Message>Half");

        await ExpectAsync(_ => $"http://{receiver.Authority}/sms", 11206, 200);
    }

    [Fact]
    public async Task One_that_hangs_has_its_time()
    {
        await using var app = await InboundApp.StartAsync();

        await ExpectAsync(_ => app.Hang("/hang") + "#rt=300", 11205, null);
        await ExpectAsync(_ => app.Hang("/hang") + "#tt=300", 11203, null);
    }

    [Fact]
    public async Task One_that_sends_its_answer_byte_by_byte_has_its_time_too()
    {
        await using var receiver =
            HostileMedia.Answering("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 10000\r\n\r\n",
                async (stream, ending) =>
        {
            while (true)
            {
                await stream.WriteAsync(" "u8.ToArray(), ending);
                await Task.Delay(50, ending);
            }
        });

        await ExpectAsync(_ => $"http://{receiver.Authority}/sms#tt=500", 11203, 200);
    }

    [Fact]
    public Task A_refused_connection_is_a_failure() => ExpectAsync(_ => "http://127.0.0.1:9/sms#rc=0", 11205, null);

    /// <summary>A message comes in to a number with such a webhook: it fails so, and the fallback answers.</summary>
    private async Task ExpectAsync(Func<InboundApp, string> webhook, int code, int? status)
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", webhook(app)),
            ("SmsFallbackUrl", app.AnswerText("/fallback", "Sorry")));
        var handset = Handset.New(server);

        var received = await handset.SendAsync(number, "Hi");

        await handset.ExpectSmsAsync("Sorry");
        await handset.NoMoreAsync();
        Assert.Equal($"{code}", Assert.Single(app.At("/fallback"))["ErrorCode"]);
        var failed = (await server.Api.Messages.WebhooksAsync(received["sid"]!))[0];
        var attempt = failed["attempts"]!.AsArray()[^1]!;
        Assert.Equal(("failed", $"{code}", status?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            (failed["outcome"]!.ToString(), attempt["error_code"]!.ToString(), attempt["status_code"]?.ToString()));
        Assert.NotEmpty(attempt["error"]!.ToString());
    }
}
