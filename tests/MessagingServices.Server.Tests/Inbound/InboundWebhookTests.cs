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
        var sid = received["sid"]!;
        Assert.Equal(
            [
                ("AccountSid", MessagingServer.AccountSid), ("ApiVersion", "2010-04-01"), ("Body", "Grüße"),
                ("From", handset.Address), ("FromCity", "NEW YORK"),
                ("FromCountry", "US"), ("FromState", "NY"), ("MessageSid", sid), ("NumMedia", "0"),
                ("NumSegments", "1"), ("SmsMessageSid", sid), ("SmsSid", sid),
                ("SmsStatus", "received"), ("To", number), ("ToCountry", "US"), ("ToState", "CA"),
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
    public async Task User_and_password_of_the_url_are_sent_as_such_and_not_signed()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl",
            app.Url.Replace("://", "://me:s3cret@", StringComparison.Ordinal) + "/sms"));

        await Handset.New(server).SendAsync(number, "Hi");

        var told = (await app.UntilAsync("/sms"))[0];
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("me:s3cret"))}",
            told.Headers["Authorization"]);
        Assert.True(told.IsSigned());
    }

    [Fact]
    public async Task What_only_a_channel_has_is_told_as_it_was_given()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms"));

        await server.PostAsync("/emulator/v1/InboundMessages", ("From", "+12125550100"), ("To", number),
            ("Body", "Yes"), ("ButtonPayload", "yes-1"), ("ButtonText", "Yes"),
            ("ProfileName", "Ann"), ("Latitude", "1.5"), ("AccountSid", "AC00000000000000000000000000000000"),
            ("Unknown", "x")).ExpectAsync(201);

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
}
