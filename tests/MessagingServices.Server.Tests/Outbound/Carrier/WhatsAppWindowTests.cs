using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Carrier;

/// <summary>
/// WhatsApp delivers free text only to somebody who has written to the sender in the last 24 hours of the emulator's
/// clock: https://www.twilio.com/docs/api/errors/63016.
/// </summary>
public sealed class WhatsAppWindowTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private readonly string sender = $"whatsapp:{NumbersApi.New()}", other = $"whatsapp:{NumbersApi.New()}";
    private readonly string user = $"whatsapp:{Handset.NewAddress()}";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Free_text_is_accepted_and_fails_unless_the_user_has_written(bool throughService)
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(sender);
        var by = throughService ? ("MessagingServiceSid", service) : ("From", sender);

        var refused = await SendAsync(by, ("StatusCallback", receiver.Url));
        await server.Api.Messages.OpenWindowAsync(user, sender);
        var delivered = await SendAsync(by);

        Assert.Equal(("failed", "63016", sender), (refused["status"], refused["error_code"], refused["from"]));
        Assert.Contains("outside the allowed window", refused["error_message"], StringComparison.Ordinal);
        Assert.Null(refused["price"]);
        Assert.Equal(throughService ? ["accepted", "queued", "failed"] : ["queued", "failed"],
            (await server.Api.Messages.StatusesAsync(refused["sid"]!)).Select(step => step.Status));
        await receiver.UntilAsync(received => received.Any(callback => callback.Status == "failed"));
        var parameters = receiver.Received.Last().Parameters;
        Assert.Equal(("63016", "whatsapp", $"{user["whatsapp:".Length..^4]}XXXX", "false"),
            (parameters["ErrorCode"], parameters["ChannelPrefix"], parameters["ChannelToAddress"],
                parameters["StructuredMessage"]));
        Assert.Equal("delivered", delivered["status"]);
    }

    [Fact]
    public async Task The_window_closes_after_24_hours_and_each_message_opens_it_anew()
    {
        await server.Api.ChannelSenders.CreateAsync(sender);
        await server.Api.Messages.OpenWindowAsync(user, sender);
        await AdvanceAsync("PT20H");
        await server.Api.Messages.OpenWindowAsync(user, sender);

        await AdvanceAsync("PT23H59M59S");
        var last = await server.PostAsync(MessagesApi.Path, ("From", sender), ("To", user), ("Body", "a"));
        await AdvanceAsync("PT1S");
        var late = await SendAsync(("From", sender));

        Assert.Equal("delivered", (await server.GetAsync(MessagesApi.PathOf(last["sid"]!)))["status"]);
        Assert.Equal("63016", late["error_code"]);
    }

    [Fact]
    public async Task A_window_is_of_one_user_and_one_sender()
    {
        await server.Api.ChannelSenders.CreateAsync(sender);
        await server.Api.ChannelSenders.CreateAsync(other);
        await server.Api.Messages.OpenWindowAsync(user, sender);

        Assert.Equal("63016", (await SendAsync(("From", other)))["error_code"]);
        Assert.Equal("63016", (await SendAsync(("From", sender), ("To", "whatsapp:+12125550199")))["error_code"]);
        Assert.Equal("delivered", (await SendAsync(("From", sender)))["status"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_approved_template_needs_no_window(bool throughService)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(sender);

        var sent = await SendAsync(throughService ? ("MessagingServiceSid", service) : ("From", sender),
            await server.Api.Messages.TemplateAsync());

        Assert.Equal(("delivered", "Hello"), (sent["status"], sent["body"]));
    }

    [Theory]
    [InlineData("unsubmitted", "63016")]
    [InlineData("received", "63016")]
    [InlineData("pending", "63016")]
    [InlineData("rejected", "63040")]
    [InlineData("paused", "63041")]
    [InlineData("disabled", "63042")]
    public async Task A_template_that_is_not_approved_goes_in_the_window_only(string status, string code)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(sender);
        var template = await server.Api.Messages.TemplateAsync(status);

        var outside = await SendAsync(("MessagingServiceSid", service), template);
        await server.Api.Messages.OpenWindowAsync(user, sender);
        var inside = await SendAsync(("MessagingServiceSid", service), template);

        Assert.Equal(("failed", code, "Hello"), (outside["status"], outside["error_code"], outside["body"]));
        Assert.NotEmpty(outside["error_message"]!);
        Assert.Equal("delivered", inside["status"]);
    }

    [Theory]
    [InlineData("approved", "delivered", null)]
    [InlineData("pending", "failed", "63016")]
    [InlineData("rejected", "failed", "63040")]
    public async Task Templates_of_conversations_follow_the_same_rule(string approval, string status, string? code)
    {
        await server.Api.ChannelSenders.CreateAsync(sender);
        var conversation = await server.Api.Conversations.CreateAsync();
        await server.Api.Conversations.JoinAsync(conversation, user, sender).ExpectAsync(201);

        await server.PostAsync($"{conversation}/Messages", await server.Api.Messages.TemplateAsync(approval))
            .ExpectAsync(201);
        await AdvanceAsync("PT1S");

        var sent = (await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(user)}").ExpectAsync(200))
            .Body!["messages"]!.AsArray().Single()!;
        Assert.Equal((status, code, "Hello"),
            (sent["status"]!.ToString(), sent["error_code"]?.ToString(), sent["body"]!.ToString()));
    }

    [Fact]
    public async Task The_approval_counts_at_the_time_of_sending()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(sender);
        var (name, sid) = await server.Api.Messages.TemplateAsync("unsubmitted");
        var sendAt = ClockApi.Iso((await server.Api.Clock.NowAsync()).AddHours(1));
        var scheduled = await server.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", user),
            ("ScheduleType", "fixed"), ("SendAt", sendAt), (name, sid));
        await server.PostAsync($"/emulator/v1/Registrations/{sid}", ("Status", "approved")).ExpectAsync(200);

        await AdvanceAsync("PT2H");

        Assert.Equal("delivered", (await server.GetAsync(MessagesApi.PathOf(scheduled)))["status"]);
    }

    [Fact]
    public async Task What_an_earlier_version_has_stored_counts_as_approved()
    {
        await server.Api.ChannelSenders.CreateAsync(sender);
        var template = await server.Api.Messages.TemplateAsync("unsubmitted");
        await Sql.ScalarAsync(server.ConnectionString,
            $"UPDATE content_templates SET forced_approval = DEFAULT WHERE sid = '{template.Value}'");

        Assert.Equal("delivered", (await SendAsync(("From", sender), template))["status"]);
    }

    [Fact]
    public async Task A_scheduled_message_needs_the_window_when_it_is_sent()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(sender);
        await server.Api.Messages.OpenWindowAsync(user, sender);
        var now = await server.Api.Clock.NowAsync();
        var sids = new List<string>();
        foreach (var hours in new[] { 23, 25 })
        {
            sids.Add(await server.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", user), ("Body", "a"),
                ("ScheduleType", "fixed"), ("SendAt", now.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'",
                    System.Globalization.CultureInfo.InvariantCulture))));
        }

        await AdvanceAsync("P2D");

        var ended = await Task.WhenAll(sids.Select(sid => server.GetAsync(MessagesApi.PathOf(sid))));
        Assert.Equal([null, "63016"], ended.Select(message => message["error_code"]));
    }

    [Fact]
    public async Task The_reply_to_a_user_and_a_picture_go_in_the_window()
    {
        await using var media = await MediaServer.StartAsync();
        await server.Api.ChannelSenders.CreateAsync(sender);
        var outside = await SendAsync(("From", sender), ("MediaUrl", media.PictureUrl));
        await server.Api.Messages.OpenWindowAsync(user, sender);

        Assert.Equal("63016", outside["error_code"]);
        Assert.Equal("delivered", (await SendAsync(("From", sender), ("MediaUrl", media.PictureUrl)))["status"]);
    }

    [Fact]
    public async Task A_reset_of_messages_closes_all_windows()
    {
        await server.Api.ChannelSenders.CreateAsync(sender);
        await server.Api.Messages.OpenWindowAsync(user, sender);

        await server.PostAsync("/emulator/v1/Reset", ("Scope", "messages")).ExpectAsync(204);

        Assert.Equal("63016", (await SendAsync(("From", sender)))["error_code"]);
    }

    [Fact]
    public async Task Windows_that_have_closed_are_removed()
    {
        await server.Api.ResetAsync();
        await server.Api.ChannelSenders.CreateAsync(sender);
        await server.Api.Messages.OpenWindowAsync(user, sender);
        await AdvanceAsync("P2D");

        await server.Api.Messages.OpenWindowAsync("whatsapp:+12125550198", sender);

        Assert.Equal("whatsapp:+12125550198",
            await Sql.ScalarAsync(server.ConnectionString, "SELECT string_agg(handset, ' ') FROM whatsapp_windows"));
    }

    private async Task<ApiResponse> SendAsync(params (string Name, string Value)[] form)
    {
        var to = form.Any(field => field.Name == "To") ? [] : new[] { ("To", user) };
        var sid = await server.Api.Messages.SendAsync([.. form, .. to, ("Body", "Hello")]);
        await AdvanceAsync("PT1S");
        return await server.GetAsync(MessagesApi.PathOf(sid));
    }

    private Task<DateTimeOffset> AdvanceAsync(string time) => server.Api.Clock.ChangeAsync(("Advance", time));
}

/// <summary>The window can be switched off.</summary>
public sealed class WithoutWhatsAppWindowTests(WithoutWhatsAppWindowTests.Server server)
    : IClassFixture<WithoutWhatsAppWindowTests.Server>
{
    [Fact]
    public async Task Free_text_reaches_everybody()
    {
        var sender = $"whatsapp:{NumbersApi.New()}";
        await server.Api.ChannelSenders.CreateAsync(sender);

        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(sender, "whatsapp:+12125550123"));
    }

    public sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [new("WhatsApp:EnforceWindow", "false")];
    }
}
