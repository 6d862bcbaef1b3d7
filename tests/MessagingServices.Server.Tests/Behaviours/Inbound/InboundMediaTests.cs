using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.Inbound;

/// <summary>Media that handsets send.</summary>
public sealed class InboundMediaTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task The_application_fetches_them_from_this_server()
    {
        await using var app = await InboundApp.StartAsync();
        await using var media = await MediaServer.StartAsync();
        var number = await server.NumberAsync(("SmsUrl", app.Url + "/sms"));

        var received = await server.NewHandset().SendAsync(number, "Look", media.PictureUrl, media.Serve("image/gif", [1, 2, 3]));

        Assert.Equal(("received", "2", "-0.01650"), (received["status"], received["num_media"], received["price"]));
        Assert.StartsWith("MM", received["sid"], StringComparison.Ordinal);
        var told = (await app.UntilAsync("/sms"))[0];
        Assert.Equal(("2", "1", "image/png", "image/gif"), (told["NumMedia"], told["NumSegments"], told["MediaContentType0"], told["MediaContentType1"]));
        Assert.StartsWith($"{server.Url}{Calls.Message(received["sid"]!).Replace(".json", "/Media/ME", StringComparison.Ordinal)}", told["MediaUrl0"], StringComparison.Ordinal);
        Assert.Equal(MediaServer.Picture, await server.Http.GetByteArrayAsync(told["MediaUrl0"]));
        Assert.Equal([1, 2, 3], await server.Http.GetByteArrayAsync(told["MediaUrl1"]));
        Assert.True(told.IsSigned());
    }

    [Fact]
    public async Task What_cannot_be_fetched_is_left_out()
    {
        await using var app = await InboundApp.StartAsync();
        await using var media = await MediaServer.StartAsync();
        var number = await server.NumberAsync(("SmsUrl", app.Url + "/sms"));

        var received = await server.NewHandset().SendAsync(number, "Look", media.Url + "/nothing", media.PictureUrl, media.Serve("text/html", [1]));

        var told = (await app.UntilAsync("/sms"))[0];
        Assert.Equal(("1", "image/png", null), (told["NumMedia"], told["MediaContentType0"], told["MediaUrl1"]));
        Assert.Equal("1", (await server.GetAsync(Calls.Message(received["sid"]!)).ExpectAsync(200))["num_media"]);
    }

    [Fact]
    public async Task A_message_of_which_no_medium_is_there_arrives_all_the_same()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.NumberAsync(("SmsUrl", app.AnswerText("/sms", "Thanks")));
        var handset = server.NewHandset();

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
        var number = await server.NumberAsync(("SmsUrl", app.Url + "/sms"));
        var handset = server.NewHandset();

        await handset.SendAsync(number, "Slow", slow);
        await handset.SendAsync(number, "Fast");
        Assert.Equal("Fast", (await app.UntilAsync("/sms"))[0]["Body"]);
        served.SetResult();

        Assert.Equal("Slow", (await app.UntilAsync("/sms", 2))[1]["Body"]);
    }
}
