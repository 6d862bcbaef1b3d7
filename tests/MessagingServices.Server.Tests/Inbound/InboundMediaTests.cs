using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Inbound;

/// <summary>Media that handsets send.</summary>
public sealed class InboundMediaTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task The_application_fetches_them_from_this_server()
    {
        await using var app = await InboundApp.StartAsync();
        await using var media = await MediaServer.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms"));

        var received = await Handset.New(server).SendAsync(number, "Look", media.PictureUrl,
            media.Serve("image/gif", [1, 2, 3]));

        Assert.Equal(("received", "2", "2", "-0.01650"),
            (received["status"], received["num_media"], received["num_segments"], received["price"]));
        Assert.StartsWith("MM", received["sid"], StringComparison.Ordinal);
        var told = (await app.UntilAsync("/sms"))[0];
        Assert.Equal(("2", "2", "image/png", "image/gif"),
            (told["NumMedia"], told["NumSegments"], told["MediaContentType0"], told["MediaContentType1"]));
        var mediaPath = MessagesApi.PathOf(received["sid"]!).Replace(".json", "/Media/ME", StringComparison.Ordinal);
        Assert.StartsWith($"{server.Url}{mediaPath}", told["MediaUrl0"], StringComparison.Ordinal);
        Assert.Equal(MediaServer.Picture, await server.Http.GetByteArrayAsync(told["MediaUrl0"]));
        Assert.Equal([1, 2, 3], await server.Http.GetByteArrayAsync(told["MediaUrl1"]));
        Assert.True(told.IsSigned());
    }

    [Fact]
    public async Task What_cannot_be_fetched_is_left_out()
    {
        await using var app = await InboundApp.StartAsync();
        await using var media = await MediaServer.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms"));

        var received = await Handset.New(server).SendAsync(number, "Look", media.Url + "/nothing", media.PictureUrl,
            media.Serve("text/html", [1]));

        var told = (await app.UntilAsync("/sms"))[0];
        Assert.Equal(("1", "image/png", null), (told["NumMedia"], told["MediaContentType0"], told["MediaUrl1"]));
        Assert.Equal("1", (await server.GetAsync(MessagesApi.PathOf(received["sid"]!)).ExpectAsync(200))["num_media"]);
    }

    [Fact]
    public async Task A_message_of_which_no_medium_is_there_arrives_all_the_same()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.AnswerText("/sms", "Thanks")));
        var handset = Handset.New(server);

        await handset.SendAsync(number, "Look", "http://127.0.0.1:9/a.png");

        await handset.ExpectSmsAsync("Thanks");
        Assert.Equal(("0", "Look"), (app.At("/sms")[0]["NumMedia"], app.At("/sms")[0]["Body"]));
    }

    [Fact]
    public async Task A_slow_medium_holds_up_its_own_message_only()
    {
        await using var app = await InboundApp.StartAsync();
        await using var media = await MediaServer.StartAsync();
        var served = new TaskCompletionSource();
        var slow = media.Serve("image/png", MediaServer.Picture, () => served.Task);
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms"));
        var handset = Handset.New(server);

        await handset.SendAsync(number, "Slow", slow);
        await handset.SendAsync(number, "Fast");
        Assert.Equal("Fast", (await app.UntilAsync("/sms"))[0]["Body"]);
        served.SetResult();

        Assert.Equal("Slow", (await app.UntilAsync("/sms", 2))[1]["Body"]);
    }

    [Fact]
    public async Task An_application_may_send_a_picture_back_by_the_url_that_it_was_told()
    {
        await using var app = await InboundApp.StartAsync();
        await using var media = await MediaServer.StartAsync();
        var url = app.Respond("/echo", async (request, context) =>
        {
            context.Response.ContentType = "text/xml";
            await context.Response.Body.WriteAsync(
                System.Text.Encoding.UTF8.GetBytes(
                $"<Response><Message>Back<Media>{request["MediaUrl0"]}</Media></Message></Response>"));
        });
        var handset = Handset.New(server);

        await handset.SendAsync(await server.Api.Numbers.CreateNewAsync(("SmsUrl", url)), "Look", media.PictureUrl);

        var back = await handset.ExpectSmsAsync("Back");
        var list = await server.GetAsync(MessagesApi.PathOf(back.Sid).Replace(".json", "/Media.json",
            StringComparison.Ordinal)).ExpectAsync(200);
        Assert.Equal("image/png", Assert.Single(list.Body!["media_list"]!.AsArray())!["content_type"]!.ToString());
    }

    [Fact]
    public async Task The_media_of_another_account_are_not_sent()
    {
        await using var app = await InboundApp.StartAsync();
        await using var media = await MediaServer.StartAsync();
        await Handset.New(server).SendAsync(await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms")),
            "Mine", media.PictureUrl);
        var mine = (await app.UntilAsync("/sms"))[0]["MediaUrl0"]!;
        using var other = await server.OtherAccountAsync();
        var account = OtherAccount.SidOf(other);
        var number = NumbersApi.New();
        await other.Api.RequestAsync(HttpMethod.Post, $"/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json",
            ("PhoneNumber", number)).ExpectAsync(201);

        var stolen = await other.Api.RequestAsync(HttpMethod.Post, $"/2010-04-01/Accounts/{account}/Messages.json",
            ("From", number), ("To", "+12125550100"), ("Body", "Stolen"), ("MediaUrl", mine)).ExpectAsync(201);

        var message = await Eventually.ValueAsync(
            () => other.Api.GetAsync($"/2010-04-01/Accounts/{account}/Messages/{stolen["sid"]}.json").ExpectAsync(200),
            current => current["status"] is "failed" or "delivered",
            current => current.Text);
        Assert.Equal(("failed", "11200"), (message["status"], message["error_code"]));
    }
}
