using System.Net;
using System.Net.Sockets;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// Wherever media are fetched from: the message fails with the right code, and the server goes on with everything else.
/// </summary>
public sealed class HostileMediaTests(
    HostileMediaTests.Server server, PostgresServer postgres) : IClassFixture<HostileMediaTests.Server>
{
    private const string To = "+14155550123";

    [Fact]
    public async Task A_server_that_never_answers_is_left() => await AssertFailsAsync(11203, RawReceiver.Hanging());

    [Fact]
    public async Task A_server_that_stops_in_the_middle_is_left() => await AssertFailsAsync(11203,
        HostileMedia.Answering("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nabc",
            (_, ending) => Task.Delay(-1, ending)));

    [Fact]
    public async Task A_server_that_drips_is_left() => await AssertFailsAsync(11203, HostileMedia.Dripping());

    [Fact]
    public async Task One_endpoint_that_drips_leaves_room_for_others()
    {
        await using var patient = new PatientServer(postgres);
        await patient.InitializeAsync();
        await using var dripping = HostileMedia.Dripping();
        await using var media = await MediaServer.StartAsync();
        var sender = $"whatsapp:{NumbersApi.New()}";
        await patient.Api.ChannelSenders.CreateAsync(sender);
        // Of WhatsApp, six have as much as all may have in memory.
        var slow = await Task.WhenAll(Enumerable.Range(0,
            8).Select(i =>
                patient.Api.Messages.SendAsync(("From", sender), ("To", $"whatsapp:+1415555140{i}"),
                    ("MediaUrl", $"http://{dripping.Authority}/{i}.png"))));
        // One connection for HEAD and one for GET.
        await CallbackServer.UntilAsync(() => Task.FromResult(dripping.Connections >= 16), "all are being fetched");

        var quick = await patient.Api.Messages.SendMmsAsync(await patient.Api.Numbers.CreateNewAsync(), To,
            media.PictureUrl);

        Assert.Equal("delivered", quick["status"]);
        foreach (var sid in slow) Assert.Equal("queued", (await patient.GetAsync(MessagesApi.PathOf(sid)))["status"]);
    }

    [Fact]
    public async Task Endless_media_are_too_large() => await AssertFailsAsync(11751, HostileMedia.Endless());

    [Fact]
    public async Task Huge_media_are_too_large_before_they_come() => await AssertFailsAsync(11751,
        HostileMedia.Answering("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 9000000000000\r\n\r\n",
            (_, ending) => Task.Delay(-1, ending)));

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nabc", 11206)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\nbanana\r\n", 11206)]
    [InlineData("BANANA\r\n\r\n", 11206)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 0\r\n\r\n", 12300)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\nabc", 12300)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        12300)]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\nabc", 11200)]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n", 11200)]
    [InlineData("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", 11216)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", 11216)]
    public async Task An_answer_that_is_no_medium_fails(string answer, int code) =>
        await AssertFailsAsync(code, HostileMedia.Answering(answer));

    [Fact]
    public async Task Redirects_without_end_are_given_up()
    {
        await using var media = await MediaServer.StartAsync();
        var circle = media.Respond(context =>
        {
            context.Response.Redirect(context.Request.Path);
            return Task.CompletedTask;
        });

        await AssertFailsAsync(11215, circle);
        Assert.Equal((6, 0), (media.Heads.Count, media.Requests.Count));
    }

    [Fact]
    public async Task Neither_a_url_nor_a_redirect_leads_to_a_network_that_must_not_be_called()
    {
        // Only 127.0.0.1 may be called, by the settings.
        await using var media = await MediaServer.StartAsync();
        using var forbidden = new TcpListener(IPAddress.Parse("127.0.0.2"), 0);
        forbidden.Start();

        await AssertFailsAsync(11205, $"http://{forbidden.LocalEndpoint}/a.png");
        await AssertFailsAsync(11205, media.Respond(context =>
        {
            context.Response.Redirect($"http://{forbidden.LocalEndpoint}/a.png");
            return Task.CompletedTask;
        }));

        Assert.False(forbidden.Pending());
        Assert.Equal("delivered", (await SendAsync(media.PictureUrl))["status"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/a.png", 11205)]
    [InlineData("http://no-such-host.invalid/a.png", 11210)]
    [InlineData("https://127.0.0.1:1/a.png", 11205)]
    public async Task Nothing_is_fetched_where_no_server_listens(string url, int code) =>
        await AssertFailsAsync(code, url);

    [Fact]
    public async Task On_whatsapp_and_rcs_what_cannot_be_downloaded_has_one_code()
    {
        foreach (var (from, to) in new[] { ("whatsapp:" + NumbersApi.New(), "whatsapp:" + To),
            ("rcs:hostile_agent", "rcs:" + To) })
        {
            await server.Api.ChannelSenders.CreateAsync(from);
            Assert.Equal("63019", (await server.Api.Messages.SendMmsAsync(from, to,
                "http://127.0.0.1:1/a.png"))["error_code"]);
        }
    }

    [Fact]
    public async Task Of_several_media_one_that_fails_is_enough_and_none_is_kept()
    {
        await using var media = await MediaServer.StartAsync();

        var message = await SendAsync(media.PictureUrl, "http://127.0.0.1:1/a.png", media.PictureUrl);

        Assert.Equal(("failed", "11205"), (message["status"], message["error_code"]));
        Assert.Empty(await server.Api.Messages.MediaAsync(message["sid"]!));
        Assert.Single(media.Requests);
    }

    [Fact]
    public async Task Servers_that_hang_hold_up_neither_texts_nor_the_media_of_others()
    {
        await using var patient = new PatientServer(postgres);
        await patient.InitializeAsync();
        await using var media = await MediaServer.StartAsync();
        await using var dead = RawReceiver.Hanging();
        await using var otherDead = RawReceiver.Hanging();
        var from = await patient.Api.Numbers.CreateNewAsync();
        // Many more than are fetched at once.
        var hanging = await Task.WhenAll(Enumerable.Range(0,
            60).Select(i =>
                patient.Api.Messages.SendAsync(("To", To), ("From", from),
                    ("MediaUrl", $"http://{(i % 2 == 0 ? dead : otherDead).Authority}/{i}.png"))));
        await CallbackServer.UntilAsync(() => Task.FromResult(dead.Connections == 8 && otherDead.Connections == 8),
            "as many as may are fetched");

        foreach (var message in await Task.WhenAll(Enumerable.Range(0,
            20).Select(_ => patient.Api.Messages.SendMmsAsync(from, To, media.PictureUrl))))
            Assert.Equal("delivered", message["status"]);
        Assert.Equal("delivered", (await patient.Api.Messages.SendMmsAsync(from, To))["status"]);

        foreach (var sid in hanging)
            Assert.Equal("queued", (await patient.GetAsync(MessagesApi.PathOf(sid)))["status"]);
        Assert.Equal((8, 8), (dead.Connections, otherDead.Connections));
    }

    private async Task AssertFailsAsync(int code, RawReceiver hostile)
    {
        await using (hostile) await AssertFailsAsync(code, $"http://{hostile.Authority}/a.png");
    }

    private async Task AssertFailsAsync(int code, string url)
    {
        var message = await SendAsync(url);

        Assert.Equal(("failed", $"{code}"), (message["status"], message["error_code"]));
        Assert.NotEmpty(message["error_message"]!);
        Assert.Empty(await server.Api.Messages.MediaAsync(message["sid"]!));
    }

    private async Task<ApiResponse> SendAsync(params string[] urls) =>
        await server.Api.Messages.SendMmsAsync(await server.Api.Numbers.CreateNewAsync(), To, urls);

    /// <summary>A server that may call 127.0.0.1 only, and waits half a second for media.</summary>
    public sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
        [
            new("Webhooks:MediaTimeoutMs", "500"), new("Webhooks:BlockPrivateNetworks", "true"),
            new("Webhooks:AllowedNetworks", "127.0.0.1/32"),
        ];
    }

    /// <summary>A server that waits for media longer than a test takes.</summary>
    private sealed class PatientServer(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [new("Webhooks:MediaTimeoutMs", "60000")];
    }
}
