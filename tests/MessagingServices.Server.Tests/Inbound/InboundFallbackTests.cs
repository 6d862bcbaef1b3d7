using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Inbound;

/// <summary>The fallback URL when the webhook of an inbound message fails.</summary>
public sealed class InboundFallbackTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task The_fallback_is_told_what_went_wrong_and_its_answer_is_used()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl",
            app.AnswerStatus("/sms", 500).Replace("://", "://me:s3cret@", StringComparison.Ordinal) + "?a=1"),
            ("SmsFallbackUrl", app.AnswerTwiml("/fallback", "<Message>Later</Message>")), ("SmsFallbackMethod", "GET"));
        var handset = Handset.New(server);

        var received = await handset.SendAsync(number, "Hi");

        await handset.ExpectSmsAsync("Later");
        var asked = Assert.Single(app.At("/fallback"));
        Assert.Equal(("GET", "11200", app.Url + "/sms?a=1", "Hi", received["sid"]),
            (asked.Method, asked["ErrorCode"], asked["ErrorUrl"], asked["Body"], asked["MessageSid"]));
        Assert.True(asked.IsSigned());
        Assert.Equal([("inbound", "failed"), ("fallback", "delivered")],
            (await server.Api.Messages.WebhooksAsync(received["sid"]!))
                .Select(webhook => (webhook["kind"]!.ToString(), webhook["outcome"]!.ToString())));
    }

    [Fact]
    public async Task A_messaging_service_has_a_fallback_of_its_own()
    {
        await using var app = await InboundApp.StartAsync();
        var service = (await server.PostAsync(ServicesApi.Path, ("FriendlyName", "Inbound"),
            ("InboundRequestUrl", app.AnswerText("/sms", "")),
            ("FallbackUrl", app.AnswerText("/fallback", "From the fallback"))).ExpectAsync(201))["sid"]!;
        var number = NumbersApi.New();
        var sid = (await server.PostAsync(NumbersApi.Path, ("PhoneNumber", number),
            ("SmsUrl", app.Url + "/number"), ("SmsFallbackUrl", app.Url + "/number")).ExpectAsync(201))["sid"]!;
        await server.Api.Services.AddNumberAsync(service, sid).ExpectAsync(201);
        var handset = Handset.New(server);

        await handset.SendAsync(number, "Is answered");
        await app.UntilAsync("/sms");
        app.AnswerBytes("/sms", "application/json", "{}"u8.ToArray());
        await handset.SendAsync(number, "Is not");

        await handset.ExpectSmsAsync("From the fallback");
        Assert.Equal(("12300", "Is not"),
            (Assert.Single(app.At("/fallback"))["ErrorCode"], app.At("/fallback")[0]["Body"]));
        Assert.Empty(app.At("/number"));
    }

    [Fact]
    public async Task A_fallback_that_fails_has_no_other()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.AnswerStatus("/sms", 404)),
            ("SmsFallbackUrl", app.AnswerStatus("/fallback", 500)));
        var handset = Handset.New(server);

        var received = await handset.SendAsync(number, "Hi");
        await app.UntilAsync("/fallback");
        await handset.NoMoreAsync();

        Assert.Equal(["failed", "failed"],
            (await server.Api.Messages.WebhooksAsync(received["sid"]!))
                .Select(webhook => webhook["outcome"]!.ToString()));
        Assert.Single(app.At("/fallback"));
    }

    [Fact]
    public async Task A_document_that_a_redirect_led_to_is_the_one_that_went_wrong()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl",
            app.AnswerTwiml("/sms", "<Message>Before</Message><Redirect>/gone</Redirect>")),
            ("SmsFallbackUrl", app.AnswerText("/fallback", "After")));
        app.AnswerStatus("/gone", 410);
        var handset = Handset.New(server);

        await handset.SendAsync(number, "Hi");

        await handset.ExpectSmsAsync("Before");
        await handset.ExpectSmsAsync("After");
        Assert.Equal(("11200", app.Url + "/gone"),
            (app.At("/fallback")[0]["ErrorCode"], app.At("/fallback")[0]["ErrorUrl"]));
    }

    [Fact]
    public async Task Without_a_fallback_the_failure_is_recorded_and_nothing_else()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.AnswerStatus("/sms", 500)));
        var handset = Handset.New(server);

        var received = await handset.SendAsync(number, "Hi");

        var attempt = Assert.Single(await server.Api.Messages.WebhooksAsync(received["sid"]!))["attempts"]![0]!;
        Assert.Equal(("500", "11200"), (attempt["status_code"]!.ToString(), attempt["error_code"]!.ToString()));
        Assert.Equal("received",
            (await server.GetAsync(MessagesApi.PathOf(received["sid"]!)).ExpectAsync(200))["status"]);
        await handset.NoMoreAsync();
    }
}
