using MessagingServices.Server.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace MessagingServices.Server.Tests.Media;

/// <summary>
/// Media are fetched before a message is sent, held to what its channel takes, and kept as they were.
/// </summary>
public sealed class MediaTests(MessagingServer server) : IClassFixture<MessagingServer>, IAsyncLifetime
{
    private const string To = "+14155550123";
    private const int Kilobyte = 1024, Megabyte = 1024 * Kilobyte;
    private MediaServer media = null!;

    public async ValueTask InitializeAsync() => media = await MediaServer.StartAsync();

    public ValueTask DisposeAsync() => media.DisposeAsync();

    [Fact]
    public async Task A_picture_is_fetched_once_and_served_back_byte_for_byte()
    {
        var message = await server.Api.Messages.SendMmsAsync(await server.Api.Numbers.CreateNewAsync(), To,
            media.PictureUrl);

        Assert.Equal(("delivered", "1", "1", "Look"),
            (message["status"], message["num_media"], message["num_segments"], message["body"]));
        Assert.StartsWith("MM", message["sid"], StringComparison.Ordinal);
        var stored = Assert.Single(await server.Api.Messages.MediaAsync(message["sid"]!))!;
        using var answer = await server.Http.GetAsync(stored["uri"]!.ToString().Replace(".json", "",
            StringComparison.Ordinal));
        Assert.Equal(("image/png", 200), (answer.Content.Headers.ContentType!.ToString(), (int)answer.StatusCode));
        Assert.Equal(MediaServer.Picture, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(media.Heads, media.Requests);
        Assert.Single(media.Requests);
    }

    [Theory]
    [InlineData(405, "image/png", "failed 11200")]
    [InlineData(403, "image/png", "failed 11200")]
    [InlineData(200, "image/gif", "failed 12300")]
    [InlineData(200, "text/html", "failed 12300")]
    [InlineData(204, "image/png", "delivered")]
    public async Task A_medium_whose_HEAD_is_refused_or_of_another_type_is_not_sent(
        int status, string type, string outcome)
    {
        var url = media.Respond(async context =>
        {
            var isHead = HttpMethods.IsHead(context.Request.Method);
            context.Response.StatusCode = isHead ? status : 200;
            context.Response.ContentType = isHead ? type : "image/png";
            if (!isHead) await context.Response.Body.WriteAsync(MediaServer.Picture);
        });

        Assert.Equal(outcome, await server.Api.Messages.OutcomeAsync(
            await server.Api.Numbers.CreateNewAsync(), To, "Look", url));
        Assert.Single(media.Heads);
        Assert.Equal(type == "image/png" && status >= 300 || type == "text/html" ? 0 : 1, media.Requests.Count);
    }

    [Fact]
    public async Task A_Messaging_Service_fetches_media_after_the_sender_is_selected()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url, NumbersApi.New());
        var released = new TaskCompletionSource();
        var slow = media.Serve("image/png", MediaServer.Picture, () => released.Task);

        var sid = await server.Api.Messages.SendAsync(("To", To), ("MessagingServiceSid", service), ("MediaUrl", slow));
        await receiver.UntilAsync(received => received.Count == 1);
        await WaitForRequestAsync();
        var waiting = await server.GetAsync(MessagesApi.PathOf(sid));
        Assert.Equal(("queued", "1"), (waiting["status"], waiting["num_segments"]));
        Assert.Empty(await server.Api.Messages.MediaAsync(sid));
        released.SetResult();

        await server.Api.Messages.UntilAsync(sid, "delivered");
        await receiver.UntilAsync(received => received.Count == 3);
        Assert.Equal(["queued", "sent", "delivered"], receiver.Received.Select(callback => callback.Status));
        Assert.Equal(MediaServer.Picture, await server.Api.Messages.BytesAsync(sid));
    }

    [Fact]
    public async Task Several_media_stand_in_the_order_of_their_urls()
    {
        string[] types = ["image/png", "application/pdf", "image/jpeg", "text/vcard", "audio/mpeg", "image/gif",
            "video/mp4", "text/csv", "image/heic", "audio/amr"];

        var message = await server.Api.Messages.SendMmsAsync(await server.Api.Numbers.CreateNewAsync(), To,
            [.. types.Select(type => media.Serve(type, [1, 2, 3]))]);

        Assert.Equal(("delivered", "10"), (message["status"], message["num_media"]));
        Assert.Equal(types, (await server.Api.Messages.MediaAsync(message["sid"]!))
            .Select(one => one!["content_type"]!.ToString()));
    }

    [Theory]
    [InlineData(null, "sms", 12300)]
    [InlineData("text/html", "sms", 12300)]
    [InlineData("application/octet-stream", "sms", 12300)]
    [InlineData("image/webp", "sms", 12300)]
    [InlineData("image/webp", "whatsapp:", null)]
    [InlineData("image/heic", "sms", null)]
    [InlineData("image/heic", "rcs:", 12300)]
    [InlineData("text/vcard; charset=utf-8", "sms", null)]
    [InlineData("IMAGE/JPEG", "sms", null)]
    public async Task A_type_that_the_channel_does_not_take_fails(string? type, string channel, int? code) =>
        await AssertEndsAsync(code, channel, media.Serve(type, [1, 2, 3]));

    [Theory]
    [InlineData("image/jpeg", 5 * Megabyte, "sms", null)]
    [InlineData("image/jpeg", (5 * Megabyte) + 1, "sms", 11751)]
    [InlineData("application/pdf", 500 * Kilobyte, "sms", null)]
    [InlineData("application/pdf", (500 * Kilobyte) + 1, "sms", 11751)]
    [InlineData("application/pdf", 6 * Megabyte, "whatsapp:", null)]
    [InlineData("image/png", (5 * Megabyte) + 1, "whatsapp:", 11751)]
    [InlineData("image/png", 6 * Megabyte, "rcs:", null)]
    [InlineData("video/mp4", 16 * Megabyte, "rcs:", null)]
    [InlineData("video/mp4", (16 * Megabyte) + 1, "rcs:", 11751)]
    public async Task Larger_than_the_channel_takes_fails(string type, int bytes, string channel, int? code)
    {
        var content = new byte[bytes];

        await AssertEndsAsync(code, channel, media.Serve(type, content));
        // The same when no header says the length beforehand.
        await AssertEndsAsync(code, channel, media.Respond(async context =>
        {
            context.Response.ContentType = type;
            await context.Response.Body.WriteAsync(content);
        }));
    }

    [Fact]
    public async Task The_limit_holds_for_all_media_of_a_message_together()
    {
        var large = media.Serve("image/png", new byte[3 * Megabyte]);

        await AssertEndsAsync(11751, "sms", large, large);
        await AssertEndsAsync(null, "rcs:", large, large);
    }

    [Fact]
    public async Task Redirects_and_credentials_in_the_url_are_followed()
    {
        var guarded = media.Respond(async context =>
        {
            context.Response.StatusCode = context.Request.Headers.Authorization == "Basic dXNlcjpwYXNz" ? 200 : 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"media\"";
            context.Response.ContentType = "image/png";
            await context.Response.Body.WriteAsync(MediaServer.Picture);
        }).Replace("://", "://user:pass@", StringComparison.Ordinal);
        var redirecting = media.Respond(context =>
        {
            context.Response.Redirect(guarded);
            return Task.CompletedTask;
        });

        var message = await server.Api.Messages.SendMmsAsync(await server.Api.Numbers.CreateNewAsync(), To,
            redirecting);

        Assert.Equal(MediaServer.Picture, await server.Api.Messages.BytesAsync(message["sid"]!));
    }

    [Fact]
    public async Task A_message_whose_validity_period_ends_meanwhile_fails()
    {
        var slow = media.Serve("image/png", [1], () => Task.Delay(1100));
        var sid = await server.Api.Messages.SendAsync(("To", To), ("From", await server.Api.Numbers.CreateNewAsync()),
            ("MediaUrl", slow), ("ValidityPeriod", "1"));

        Assert.Equal("30036", (await server.Api.Messages.UntilAsync(sid, "failed"))["error_code"]);
    }

    [Fact]
    public async Task A_text_sent_as_mms_is_one_mms_without_media()
    {
        var sid = await server.Api.Messages.SendAsync(("To", To), ("From", await server.Api.Numbers.CreateNewAsync()),
            ("Body", new string('a', 1000)), ("SendAsMms", "true"));

        var message = await server.Api.Messages.UntilAsync(sid, "delivered");
        Assert.Equal(("MM", "0", "1"), (sid[..2], message["num_media"], message["num_segments"]));
        Assert.Empty(await server.Api.Messages.MediaAsync(sid));
    }

    [Fact]
    public async Task A_text_sent_as_mms_needs_a_sender_with_mms()
    {
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", "+447700900134"));
        var service = await server.Api.Services.CreateWithPoolAsync("+447700900135");

        await server.PostAsync(MessagesApi.Path, ("To", "+447700900100"), ("From", "+447700900134"), ("Body", "x"),
            ("SendAsMms", "True"))
            .ExpectErrorAsync(400, 21621);
        Assert.Equal("21703", (await server.Api.Messages.SendAndFinishAsync(service, "+447700900100",
            ("SendAsMms", "true")))["error_code"]);
        Assert.Equal("delivered",
            (await server.Api.Messages.SendAndFinishAsync(service, "+447700900100", ("SendAsMms", "false")))["status"]);
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("all")]
    public async Task A_reset_leaves_no_media(string scope)
    {
        var message = await server.Api.Messages.SendMmsAsync(await server.Api.Numbers.CreateNewAsync(), To,
            media.PictureUrl);
        Assert.Single(await server.Api.Messages.MediaAsync(message["sid"]!));

        await server.PostAsync("/emulator/v1/Reset", ("Scope", scope)).ExpectAsync(204);

        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            "SELECT (SELECT count(*) FROM media) + (SELECT count(*) FROM media_queue)"));
    }

    private async Task AssertEndsAsync(int? code, string channel, params string[] urls)
    {
        var (from, to) = channel switch
        {
            "sms" => (await server.Api.Numbers.CreateNewAsync(), To),
            "whatsapp:" => (await NewSenderAsync($"whatsapp:{NumbersApi.New()}"), "whatsapp:" + To),
            _ => (await NewSenderAsync($"rcs:agent_{Guid.NewGuid():N}"), "rcs:" + To),
        };

        if (channel == "whatsapp:") await server.Api.Messages.OpenWindowAsync(to, from);

        var message = await server.Api.Messages.SendMmsAsync(from, to, urls);

        Assert.Equal((code is null ? "delivered" : "failed", $"{code}"),
            (message["status"], message["error_code"] ?? ""));
        Assert.Equal(code is null ? urls.Length : 0, (await server.Api.Messages.MediaAsync(message["sid"]!)).Count);
        Assert.Equal(code is null, message["error_message"] is null);
    }

    private async Task<string> NewSenderAsync(string address)
    {
        await server.Api.ChannelSenders.CreateAsync(address);
        return address;
    }

    private async Task WaitForRequestAsync()
    {
        while (media.Requests.IsEmpty) await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
