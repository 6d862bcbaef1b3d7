using System.Text;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Inbound;

/// <summary>The webhook request for an inbound message.</summary>
public sealed class InboundWebhookTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task It_is_a_signed_form_with_twilios_parameters()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms?who=me&x=%20"));
        var handset = new Handset(server, "+12125550123");

        var received = await handset.SendAsync(number, "Grüße");

        var told = (await app.UntilAsync("/sms"))[0];
        Assert.Equal(("POST", "/sms?who=me&x=%20"), (told.Method, told.Url[app.Url.Length..]));
        Assert.True(told.IsSigned());
        Assert.Equal(("TwilioProxy/1.1", "application/x-www-form-urlencoded; charset=utf-8"),
            (told.Headers["User-Agent"], told.Headers["Content-Type"]));
        Assert.Matches("^[0-9a-f-]{36}$", told.Headers["I-Twilio-Idempotency-Token"]);
        Assert.Equal("us1", told.Headers["X-Home-Region"]);
        var sid = received["sid"]!;
        Assert.Equal(
            [
                ("AccountSid", MessagingServer.AccountSid), ("ApiVersion", "2010-04-01"), ("Body", "Grüße"),
                ("From", handset.Address), ("FromCity", "NEW YORK"),
                ("FromCountry", "US"), ("FromState", "NY"), ("FromZip", ""), ("MessageSid", sid), ("NumMedia", "0"),
                ("NumSegments", "1"), ("SmsMessageSid", sid), ("SmsSid", sid), ("SmsStatus", "received"),
                ("To", number), ("ToCity", ""), ("ToCountry", "US"), ("ToState", "CA"), ("ToZip", ""),
            ],
            told.Form.Select(field => (field.Key, field.Value)).OrderBy(field => field.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_get_has_the_same_in_its_query()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms?who=me"), ("SmsMethod", "GET"));

        var received = await Handset.New(server).SendAsync(number, "a b&c=d+");

        var told = (await app.UntilAsync("/sms"))[0];
        Assert.Equal(("GET", "me", "a b&c=d+", received["sid"]),
            (told.Method, told["who"], told["Body"], told["MessageSid"]));
        Assert.Empty(told.Body);
        Assert.True(told.IsSigned());
    }

    [Fact]
    public async Task User_and_password_of_the_url_are_sent_when_asked_for_and_not_signed()
    {
        await using var app = await InboundApp.StartAsync();
        var url = app.Respond("/sms", (request, context) =>
        {
            context.Response.StatusCode = request.Headers.ContainsKey("Authorization") ? 204 : 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"app\"";
            return Task.CompletedTask;
        });
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl",
            url.Replace("://", "://me:s3cret@", StringComparison.Ordinal)));

        var received = await Handset.New(server).SendAsync(number, "Hi");

        var told = await app.UntilAsync("/sms", 2);
        Assert.DoesNotContain("Authorization", told[0].Headers.Keys);
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("me:s3cret"))}",
            told[1].Headers["Authorization"]);
        Assert.Equal(told[0].Form, told[1].Form);
        Assert.True(told[1].IsSigned());
        var webhook = Assert.Single(await server.Api.Messages.WebhooksAsync(received["sid"]!));
        Assert.Equal("delivered", webhook["outcome"]!.ToString());
        Assert.Single(webhook["attempts"]!.AsArray());
    }

    [Fact]
    public async Task A_location_and_a_pressed_button_on_whatsapp_arrive_with_their_parameters()
    {
        await using var app = await InboundApp.StartAsync();
        var sender = await WhatsAppAsync(app.Url + "/whatsapp");
        (string, string)[] addresses = [("From", "+12125550100"), ("To", sender)];

        await server.PostAsync("/emulator/v1/InboundMessages", [.. addresses, ("Latitude", "37.78"),
            ("Longitude", "-122.39"), ("Address", "1 Hacker Way"), ("Label", "Office")]).ExpectAsync(201);
        await app.UntilAsync("/whatsapp");
        await server.PostAsync("/emulator/v1/InboundMessages", [.. addresses, ("ButtonText", "Yes"),
            ("ButtonPayload", "yes-1"), ("ProfileName", "Ann"), ("Forwarded", "true")]).ExpectAsync(201);

        var told = await app.UntilAsync("/whatsapp", 2);
        Assert.Equal(("location", "37.78", "-122.39", "1 Hacker Way", "Office", "", "12125550100", "+12125550100"),
            (told[0]["MessageType"], told[0]["Latitude"], told[0]["Longitude"], told[0]["Address"], told[0]["Label"],
                told[0]["Body"], told[0]["WaId"], told[0]["ProfileName"]));
        Assert.Equal(("button", "Yes", "yes-1", "Yes", "Ann", "true", "0", "1"),
            (told[1]["MessageType"], told[1]["ButtonText"], told[1]["ButtonPayload"], told[1]["Body"],
                told[1]["ProfileName"], told[1]["Forwarded"], told[1]["ReferralNumMedia"], told[1]["NumSegments"]));
        Assert.Equal(
            """{"type":"whatsapp","data":{"context":{"ProfileName":"Ann","WaId":"12125550100","ButtonText":"Yes","ButtonPayload":"yes-1","Forwarded":"true"}}}""",
            told[1]["ChannelMetadata"]);
        Assert.All(told, request => Assert.DoesNotContain("FromCountry", request.Form.Keys));
        Assert.True(told[0].IsSigned());
    }

    [Fact]
    public async Task A_picture_on_whatsapp_has_the_type_of_its_content()
    {
        await using var app = await InboundApp.StartAsync();
        await using var media = await MediaServer.StartAsync();
        var sender = await WhatsAppAsync(app.Url + "/whatsapp");

        await new Handset(server, $"whatsapp:{Handset.NewAddress()}").SendAsync(sender, "", media.PictureUrl);

        var told = (await app.UntilAsync("/whatsapp"))[0];
        Assert.Equal(("image", "1", "1", "image/png"),
            (told["MessageType"], told["NumMedia"], told["NumSegments"], told["MediaContentType0"]));
    }

    [Theory]
    [InlineData("68849", "US")]
    [InlineData("SUPPORT", null)]
    public async Task A_short_code_and_an_alphanumeric_sender_may_write_and_get_no_reply(string from, string? country)
    {
        await using var app = await InboundApp.StartAsync();
        var service = (await server.PostAsync(ServicesApi.Path, ("FriendlyName", "Inbound"), ("InboundRequestUrl",
            app.AnswerTwiml("/sms", "<Message>Thanks</Message>"))).ExpectAsync(201))["sid"]!;
        var number = NumbersApi.New();
        await server.Api.Services.AddNumberAsync(
            service, await server.Api.Numbers.CreateAsync(number)).ExpectAsync(201);

        var received = await new Handset(server, from).SendAsync(number, "STOP");

        var told = (await app.UntilAsync("/sms"))[0];
        Assert.Equal((from, "STOP", country), (told["From"], told["Body"], told["FromCountry"]));
        Assert.Equal((from, "received"), (received["from"], received["status"]));
        var attempt = Assert.Single(await server.Api.Messages.WebhooksAsync(received["sid"]!))["attempts"]![0]!;
        Assert.Equal(country is null ? "21211" : "21265", attempt["error_code"]!.ToString());
        Assert.Empty(await server.Api.Services.StickySendersAsync(service));
        Assert.Empty(await server.Api.Messages.SentToAsync(from));
    }

    [Fact]
    public async Task A_whatsapp_user_who_hides_the_number_writes_by_an_id_and_can_be_answered()
    {
        await using var app = await InboundApp.StartAsync();
        var sender = await WhatsAppAsync(app.AnswerTwiml("/whatsapp", "<Message>Thanks</Message>"));
        var user = new Handset(server, "whatsapp:US.13491208655302741918");

        await user.SendAsync(sender, "Hi");

        var told = (await app.UntilAsync("/whatsapp"))[0];
        Assert.Equal((user.Address, "US.13491208655302741918", null),
            (told["From"], told["ExternalUserId"], told["WaId"]));
        Assert.Equal(sender, (await user.ExpectSmsAsync("Thanks")).From);
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(sender, user.Address));
        Assert.Equal("failed 63016",
            await server.Api.Messages.OutcomeAsync(sender, "whatsapp:US.99999999999999999999"));
    }

    [Fact]
    public async Task A_whatsapp_user_with_number_and_id_can_be_answered_by_both()
    {
        await using var app = await InboundApp.StartAsync();
        var sender = await WhatsAppAsync(app.Url + "/whatsapp");

        await server.PostAsync("/emulator/v1/InboundMessages", ("From", "+12125550177"), ("To", sender),
            ("Body", "Hi"), ("ExternalUserId", "US.13491208655302741977")).ExpectAsync(201);

        var told = (await app.UntilAsync("/whatsapp"))[0];
        Assert.Equal(("whatsapp:+12125550177", "12125550177", "US.13491208655302741977"),
            (told["From"], told["WaId"], told["ExternalUserId"]));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(sender, "whatsapp:+12125550177"));
        Assert.Equal(
            "delivered", await server.Api.Messages.OutcomeAsync(sender, "whatsapp:US.13491208655302741977"));
    }

    [Fact]
    public async Task What_only_a_channel_has_is_told_as_it_was_given()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms"));

        await server.PostAsync("/emulator/v1/InboundMessages", ("From", "+12125550100"), ("To", number),
            ("Body", "Yes"), ("ButtonPayload", "yes-1"), ("ButtonText", "Yes"),
            ("ProfileName", "Ann"), ("Latitude", "1.5"), ("Longitude", "2"),
            ("AccountSid", "AC00000000000000000000000000000000"), ("Unknown", "x")).ExpectAsync(201);

        var told = (await app.UntilAsync("/sms"))[0];
        Assert.Equal(("yes-1", "Yes", "Ann", "1.5", MessagingServer.AccountSid, null),
            (told["ButtonPayload"], told["ButtonText"], told["ProfileName"], told["Latitude"], told["AccountSid"],
                told["Unknown"]));
    }

    [Fact]
    public async Task It_stands_among_the_webhooks_with_its_attempts_and_can_be_made_again()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl",
            app.AnswerTwiml("/sms", "<Message>Hello</Message>")));
        var handset = Handset.New(server);

        var received = await handset.SendAsync(number, "Hi");
        var webhook = Assert.Single(await server.Api.Messages.WebhooksAsync(received["sid"]!));
        Assert.Equal(("inbound", "POST", app.Url + "/sms", "delivered", "200"),
            (webhook["kind"]!.ToString(), webhook["method"]!.ToString(),
            webhook["url"]!.ToString(), webhook["outcome"]!.ToString(),
            webhook["attempts"]![0]!["status_code"]!.ToString()));
        await server.PostAsync($"/emulator/v1/Webhooks/{webhook["sid"]}/Replay").ExpectAsync(202);

        var came = await app.UntilAsync("/sms", 2);
        Assert.Equal(came[0].Headers["I-Twilio-Idempotency-Token"], came[1].Headers["I-Twilio-Idempotency-Token"]);
        await handset.ExpectSmsAsync("Hello");
        await handset.ExpectSmsAsync("Hello");
        await handset.NoMoreAsync();
    }

    [Fact]
    public async Task Connection_overrides_hold()
    {
        await using var app = await InboundApp.StartAsync();
        var answers = 0;
        var url = app.Respond("/sms", (_, context) =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref answers) < 3 ? 503 : 204;
            return Task.CompletedTask;
        });
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", url + "#rc=4&rp=5xx"));

        var received = await Handset.New(server).SendAsync(number, "Hi");

        var webhook = Assert.Single(await server.Api.Messages.WebhooksAsync(received["sid"]!));
        Assert.Equal(("delivered", "503 503 204"),
            (webhook["outcome"]!.ToString(),
                string.Join(' ', webhook["attempts"]!.AsArray()
                    .Select(attempt => attempt!["status_code"]!.ToString()))));
    }

    private async Task<string> WhatsAppAsync(string url)
    {
        var sender = $"whatsapp:{NumbersApi.New()}";
        await server.Api.PostJsonAsync(ChannelSendersApi.Path,
            $$$"""{"sender_id": "{{{sender}}}", "webhook": {"callback_url": "{{{url}}}"}}""").ExpectAsync(202);
        return sender;
    }
}
