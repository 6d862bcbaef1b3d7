using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Inbound;

/// <summary>An application's response to an inbound message, and the replies that it causes.</summary>
public sealed class InboundReplyTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task A_message_goes_back_to_the_handset_from_the_number_that_it_wrote_to()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl",
            app.AnswerTwiml("/sms", "<Message>Hello</Message><Message><Body>And </Body><Body>more</Body></Message>")));
        var handset = Handset.New(server);

        await handset.SendAsync(number, "Hi");

        var reply = await handset.ExpectSmsAsync("Hello");
        Assert.Equal((number, "outbound-reply"), (reply.From, reply.Direction));
        await handset.ExpectSmsAsync("And more");
        await handset.NoMoreAsync();
        Assert.Equal("-0.00830", (await server.GetAsync(MessagesApi.PathOf(reply.Sid)).ExpectAsync(200))["price"]);
    }

    [Fact]
    public async Task Through_a_messaging_service_a_reply_has_what_that_gives_its_messages()
    {
        await using var app = await InboundApp.StartAsync();
        var service = (await server.PostAsync(ServicesApi.Path, ("FriendlyName", "Inbound"),
            ("InboundRequestUrl", app.AnswerTwiml("/sms", "<Message>“Hello”</Message>")),
            ("StatusCallback", app.Url + "/status")).ExpectAsync(201))["sid"]!;
        var numbers = new[] { NumbersApi.New(), NumbersApi.New() };
        foreach (var number in numbers)
            await server.Api.Services.AddNumberAsync(service,
                await server.Api.Numbers.CreateAsync(number)).ExpectAsync(201);
        var handset = Handset.New(server);

        await handset.SendAsync(numbers[1], "Hi");

        var reply = await handset.ExpectSmsAsync("\"Hello\"");
        Assert.Equal(numbers[1], reply.From);
        var message = await server.GetAsync(MessagesApi.PathOf(reply.Sid)).ExpectAsync(200);
        Assert.Equal((service, "1"), (message["messaging_service_sid"], message["num_segments"]));
        Assert.Equal(["queued", "sent", "delivered"],
            (await app.UntilAsync("/status", 3)).Select(callback => callback["MessageStatus"]));
    }

    [Fact]
    public async Task A_message_may_go_to_another_recipient_from_another_number_of_the_account()
    {
        await using var app = await InboundApp.StartAsync();
        var (other, boss) = (await server.Api.Numbers.CreateNewAsync(), Handset.New(server));
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.AnswerTwiml("/sms",
            $"<Message to=\"{boss.Address}\" from=\"{other}\">A customer wrote</Message><Message "
                + $"from=\"+14155559998\">Not ours</Message>")));
        var handset = Handset.New(server);

        var received = await handset.SendAsync(number, "Hi");

        Assert.Equal(other, (await boss.ExpectSmsAsync("A customer wrote")).From);
        await handset.NoMoreAsync();
        var attempt = Assert.Single(await server.Api.Messages.WebhooksAsync(received["sid"]!))["attempts"]![0]!;
        Assert.Equal(("14108", true),
            (attempt["error_code"]!.ToString(),
                attempt["error"]!.ToString().Contains("+14155559998", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_reply_to_another_recipient_stays_on_the_channel_of_its_sender()
    {
        await using var app = await InboundApp.StartAsync();
        var handset = Handset.New(server);
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms"));
        app.AnswerTwiml("/sms",
            $"<Message to=\"whatsapp:{handset.Address}\">Elsewhere</Message><Message to=\"{number}\">To "
                + $"itself</Message>");

        var received = await handset.SendAsync(number, "Hi");

        var attempt = Assert.Single(await server.Api.Messages.WebhooksAsync(received["sid"]!))["attempts"]![0]!;
        Assert.Equal("21910", attempt["error_code"]!.ToString());
        Assert.Contains("21266", attempt["error"]!.ToString(), StringComparison.Ordinal);
        await new Handset(server, $"whatsapp:{handset.Address}").NoMoreAsync();
        Assert.Empty((await server.GetAsync($"{MessagesApi.Path}?From={Uri.EscapeDataString(number)}").ExpectAsync(200))
            .Body!["messages"]!.AsArray());
    }

    [Theory]
    [InlineData("statusCallback='/callback'")]
    [InlineData("action='callback'")]
    [InlineData("action='/nobody' statusCallback='callback'")]
    public async Task The_status_of_a_reply_is_told_where_it_says(string attributes)
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl",
            app.AnswerTwiml("/sms", $"<Message {attributes}>Hello</Message>")));
        var handset = Handset.New(server);

        await handset.SendAsync(number, "Hi");
        var reply = await handset.ExpectSmsAsync("Hello");

        var callbacks = await app.UntilAsync("/callback", 2);
        Assert.Equal([("sent", reply.Sid), ("delivered", reply.Sid)],
            callbacks.Select(callback => (callback["MessageStatus"], callback["MessageSid"])));
        Assert.Empty(app.At("/nobody"));
    }

    [Fact]
    public async Task An_action_that_is_no_URL_is_an_error_of_the_whole_document_and_an_alert()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(
            ("SmsUrl", app.AnswerTwiml("/sms",
                "<Message>First</Message><Message action='ftp://example.com'>Second</Message>")),
            ("SmsFallbackUrl", app.AnswerTwiml("/fallback", "<Message>Instead</Message>")));
        var handset = Handset.New(server);

        var received = await handset.SendAsync(number, "Hi");

        await handset.ExpectSmsAsync("Instead");
        await handset.NoMoreAsync();
        Assert.Equal("11100", (await app.UntilAsync("/fallback"))[0]["ErrorCode"]);
        var alert = Assert.Single((await server.GetAsync($"/v1/Alerts?ResourceSid={received["sid"]}"))
            .Body!["alerts"]!.AsArray())!;
        Assert.Equal(("11100", "error"), (alert["error_code"]!.ToString(), alert["log_level"]!.ToString()));
    }

    [Theory]
    [InlineData("action='/callback' method='GET'", "GET")]
    [InlineData("action='/callback'", "POST")]
    [InlineData("action='/nobody' statusCallback='/callback' method='GET'", "POST")]
    public async Task An_action_is_called_by_its_method(string attributes, string method)
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl",
            app.AnswerTwiml("/sms", $"<Message {attributes}>Hello</Message>")));
        var handset = Handset.New(server);

        await handset.SendAsync(number, "Hi");
        var reply = await handset.ExpectSmsAsync("Hello");

        var callbacks = await app.UntilAsync("/callback", 2);
        Assert.Equal([(method, "sent", reply.Sid), (method, "delivered", reply.Sid)],
            callbacks.Select(callback => (callback.Method, callback["MessageStatus"], callback["MessageSid"])));
        Assert.All(callbacks, callback => Assert.True(callback.IsSigned()));
    }

    [Fact]
    public async Task A_redirect_asks_the_next_document_with_the_same_parameters()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl",
            app.AnswerTwiml("/flow/start",
                "<Message>First</Message><Redirect method=\"GET\">next?step=2</Redirect><Message>Never</Message>")));
        app.AnswerTwiml("/flow/next", "<Message>Second</Message>");
        var handset = Handset.New(server);

        var received = await handset.SendAsync(number, "Hi");

        var next = (await app.UntilAsync("/flow/next"))[0];
        Assert.Equal(("GET", "2", "Hi", received["sid"]),
            (next.Method, next["step"], next["Body"], next["MessageSid"]));
        Assert.True(next.IsSigned());
        // A repeat has the token of what it repeats: another document is none.
        Assert.NotEqual(app.At("/flow/start")[0].Headers["I-Twilio-Idempotency-Token"],
            next.Headers["I-Twilio-Idempotency-Token"]);
        await handset.ExpectSmsAsync("First");
        await handset.ExpectSmsAsync("Second");
        await handset.NoMoreAsync();
        var attempts = Assert.Single(await server.Api.Messages.WebhooksAsync(received["sid"]!))["attempts"]!.AsArray();
        Assert.Equal([null, $"{app.Url}/flow/next?step=2"], attempts.Select(attempt => attempt!["url"]?.ToString()));
    }

    [Fact]
    public async Task Plain_text_is_a_reply_as_it_stands()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.AnswerText("/sms", "Hello <there>")));
        var handset = Handset.New(server);

        await handset.SendAsync(number, "Hi");

        Assert.Equal("Hello <there>", (await handset.ExpectSmsAsync("Hello")).Body);
    }

    [Fact]
    public async Task Nothing_is_no_reply()
    {
        await using var app = await InboundApp.StartAsync();
        var handset = Handset.New(server);
        foreach (var url in new[] { app.AnswerTwiml("/empty", ""), app.AnswerStatus("/nothing", 204),
            app.AnswerBytes("/blank", "text/xml", []), app.AnswerText("/text", "") })
        {
            var received = await handset.SendAsync(await server.Api.Numbers.CreateNewAsync(("SmsUrl", url)), "Hi");
            Assert.Equal("delivered",
                Assert.Single(await server.Api.Messages.WebhooksAsync(received["sid"]!))["outcome"]!.ToString());
        }

        await handset.NoMoreAsync();
    }

    [Fact]
    public async Task A_reply_may_be_a_picture()
    {
        await using var app = await InboundApp.StartAsync();
        await using var media = await MediaServer.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl",
            app.AnswerTwiml("/sms", $"<Message><Body>Look</Body><Media>{media.PictureUrl}</Media></Message>")));
        var handset = Handset.New(server);

        await handset.SendAsync(number, "Hi");

        var reply = await handset.ExpectSmsAsync("Look");
        Assert.StartsWith("MM", reply.Sid, StringComparison.Ordinal);
        Assert.Equal("1", (await server.GetAsync(MessagesApi.PathOf(reply.Sid)).ExpectAsync(200))["num_media"]);
    }

    [Fact]
    public async Task A_conversation_has_a_session_by_cookies()
    {
        await using var app = await InboundApp.StartAsync();
        var url = app.Respond("/sms", async (request, context) =>
        {
            var count = int.Parse(request.Headers.GetValueOrDefault("Cookie")?.Split('=')[1] ?? "0",
                System.Globalization.CultureInfo.InvariantCulture) + 1;
            context.Response.Headers.SetCookie = $"count={count}; Path=/; HttpOnly";
            context.Response.ContentType = "text/plain";
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"Message {count}"));
        });
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", url));
        var (one, other) = (Handset.New(server), Handset.New(server));

        foreach (var text in new[] { "Message 1", "Message 2" })
        {
            await one.SendAsync(number, "Hi");
            await one.ExpectSmsAsync(text);
        }

        await other.SendAsync(number, "Hi");
        await other.ExpectSmsAsync("Message 1");
    }

    [Fact]
    public async Task The_application_may_delete_the_message_that_it_answers()
    {
        await using var app = await InboundApp.StartAsync();
        var url = app.Respond("/sms", async (request, context) =>
        {
            await server.DeleteAsync(MessagesApi.PathOf(request["MessageSid"]!)).ExpectAsync(204);
            context.Response.ContentType = "text/plain";
            await context.Response.Body.WriteAsync("Forgotten"u8.ToArray());
        });
        var handset = Handset.New(server);

        await handset.SendAsync(await server.Api.Numbers.CreateNewAsync(("SmsUrl", url)), "Hi");

        await handset.ExpectSmsAsync("Forgotten");
    }
}
