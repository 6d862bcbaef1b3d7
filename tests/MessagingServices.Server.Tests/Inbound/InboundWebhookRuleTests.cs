using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Inbound;

/// <summary>What webhook rules do with the webhooks of inbound messages and of conversations.</summary>
public sealed class InboundWebhookRuleTests(MessagingServer server) : IClassFixture<MessagingServer>, IAsyncLifetime
{
    private TestAccount account = null!;
    private InboundApp app = null!;

    private WebhookRulesApi Rules => account.Api.WebhookRules;

    public async ValueTask InitializeAsync()
    {
        account = await TestAccount.CreateAsync(server.Http);
        app = await InboundApp.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        account.Http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_doubled_request_that_is_answered_twice_sends_one_reply()
    {
        var url = app.AnswerTwiml("/sms", "<Message>Welcome</Message>");
        var number = await account.Api.Numbers.CreateNewAsync(
            ("SmsUrl", url), ("SmsFallbackUrl", app.Url + "/fallback"));
        await Rules.CreateAsync(("Duplicate", "true"), ("Kind", "inbound"));
        var handset = new Handset(account.Http, Handset.NewAddress());

        var sid = (await handset.SendAsync(number, "Hi"))["sid"]!;

        await handset.ExpectSmsAsync("Welcome");
        var requests = await app.UntilAsync("/sms", 2);
        Assert.Single(requests.Select(request => request.Headers["I-Twilio-Idempotency-Token"]).Distinct());
        Assert.Equal(["received delivered 2 duplicate"],
            WebhookRulesApi.Describe(await account.Api.Messages.WebhooksAsync(sid)));
        Assert.Equal([$"{number}: Welcome"], await account.Api.Messages.SentToAsync(handset.Address));
    }

    [Fact]
    public async Task A_dropped_request_has_no_fallback_and_no_reply()
    {
        var url = app.AnswerTwiml("/sms", "<Message>Welcome</Message>");
        var fallback = app.AnswerTwiml("/fallback", "<Message>Sorry</Message>");
        var number = await account.Api.Numbers.CreateNewAsync(("SmsUrl", url), ("SmsFallbackUrl", fallback));
        await Rules.CreateAsync(("Drop", "true"), ("From", "+1212*"));
        var handset = new Handset(account.Http, Handset.NewAddress());

        var sid = (await handset.SendAsync(number, "Hi"))["sid"]!;

        Assert.Equal(["received dropped 0 drop"],
            WebhookRulesApi.Describe(await account.Api.Messages.WebhooksAsync(sid)));
        Assert.Empty(app.Received);
        Assert.Empty(await account.Api.Messages.SentToAsync(handset.Address));
    }

    [Fact]
    public async Task An_inbound_message_is_final_so_it_is_not_held_and_its_fallback_can_be_dropped_alone()
    {
        var url = app.AnswerStatus("/sms", 500);
        var number = await account.Api.Numbers.CreateNewAsync(
            ("SmsUrl", url), ("SmsFallbackUrl", app.Url + "/fallback"));
        await Rules.CreateAsync(("Reorder", "true"), ("HoldMs", WebhookRulesApi.Forever));
        await Rules.CreateAsync(("Drop", "true"), ("Kind", "fallback"));

        var sid = (await new Handset(account.Http, Handset.NewAddress()).SendAsync(number, "Hi"))["sid"]!;
        await app.UntilAsync("/sms");

        await Eventually.TrueAsync(async () => WebhookRulesApi.Describe(await account.Api.Messages.WebhooksAsync(sid))
            .SequenceEqual(["received failed 1", "received dropped 0 drop"]), () => "The fallback is not dropped.");
        Assert.Empty(app.At("/fallback"));
    }

    [Fact]
    public async Task Events_of_a_conversation_are_held_until_a_later_one_was_answered()
    {
        var conversation = await account.Api.Conversations.CreateAsync();
        await account.Api.CreateAsync($"{conversation}/Webhooks", ("Target", "webhook"),
            ("Configuration.Url", app.Url + "/events"), ("Configuration.Filters", "onMessageAdded"));
        await Rules.CreateAsync(("Reorder", "true"), ("Kind", "conversation"), ("Times", "1"),
            ("HoldMs", WebhookRulesApi.Forever));

        foreach (var body in new[] { "one", "two", "three" })
        {
            using HttpRequestMessage request = new(HttpMethod.Post, $"{conversation}/Messages")
            {
                Content = TestApi.Form(("Body", body)), Headers = { { "X-Twilio-Webhook-Enabled", "true" } },
            };
            using var response = await account.Http.SendAsync(request);
            Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
        }

        Assert.Equal(["two", "one", "three"], (await app.UntilAsync("/events", 3)).Select(request => request["Body"]));
        var listed = await account.Api.GetAsync($"{TestApi.WebhooksPath}?Kind=conversation").ExpectAsync(200);
        Assert.Equal("true", listed.Body!["webhooks"]![2]!["fault"]!["reorder"]!.ToString());
    }
}
