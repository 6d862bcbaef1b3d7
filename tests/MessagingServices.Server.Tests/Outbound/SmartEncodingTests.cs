using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound;

/// <summary>
/// Look-alikes outside of GSM-7 are replaced in what goes as SMS:
/// https://www.twilio.com/docs/messaging/services#smart-encoding.
/// </summary>
public sealed class SmartEncodingTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Us = "+14155550001", Agent = "rcs:agent", WhatsApp = "whatsapp:+14155550002";
    private const string Curly = "“Hello” – it’s ½ price…", Plain = "\"Hello\" - it's 1/2 price...";
    private readonly string to = NumbersApi.New();

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("true", null, true)]
    [InlineData("false", null, false)]
    [InlineData("false", "true", true)]
    [InlineData("true", "false", false)]
    [InlineData("true", "TRUE", true)]
    public async Task The_message_decides_else_the_service_which_encodes_unless_switched_off(
        string? service, string? message, bool encoded)
    {
        var sid = await PoolAsync(Us);
        if (service is not null) await SwitchAsync(sid, service);

        var sent = await server.Api.Messages.SendAndFinishAsync(sid, to, [("Body", Long("—")), .. Asked(message)]);

        Assert.Equal((Long(encoded ? "-" : "—"), encoded ? "1" : "3"), (sent["body"], sent["num_segments"]));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("false", false)]
    [InlineData("true", true)]
    public async Task A_message_without_a_service_is_encoded_only_when_it_asks(string? asked, bool encoded)
    {
        await PoolAsync(Us);

        var queued = await server.PostAsync(MessagesApi.Path,
            [("To", to), ("From", Us), ("Body", Long("—")), .. Asked(asked)]).ExpectAsync(201);

        Assert.Equal(("queued", Long("—"), encoded ? "1" : "3"),
            (queued["status"], queued["body"], queued["num_segments"]));
        var delivered = await server.Api.Messages.UntilAsync(queued["sid"]!, "delivered");
        Assert.Equal((Long(encoded ? "-" : "—"), queued["num_segments"]),
            (delivered["body"], delivered["num_segments"]));
    }

    [Fact]
    public async Task A_sender_named_beside_the_service_leaves_encoding_on()
    {
        var service = await PoolAsync(Us);

        Assert.Equal(Plain, (await server.Api.Messages.SendAndFinishAsync(service, to, ("From", Us),
            ("Body", Curly)))["body"]);
    }

    [Fact]
    public async Task The_body_is_what_was_asked_for_until_it_is_sent()
    {
        var service = await PoolAsync(Us);
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", to), ("DelayMs", "3600000")).ExpectAsync(201);

        var accepted = await server.PostAsync(MessagesApi.Path, ("To", to), ("MessagingServiceSid", service),
            ("Body", Long("…"))).ExpectAsync(201);
        Assert.Equal((Long("…"), "0"), (accepted["body"], accepted["num_segments"]));
        var sid = accepted["sid"]!;
        var sending = await server.Api.Messages.UntilAsync(sid, "sending");
        Assert.Equal((Long("…"), "2"), (sending["body"], sending["num_segments"]));
        // What the sender's selection decided holds, whatever the service says when the message is sent.
        await SwitchAsync(service, "false");
        await server.PostAsync(ClockApi.Path, ("Advance", "PT1H")).ExpectAsync(200);

        var sent = await server.Api.Messages.UntilAsync(sid, "sent");

        Assert.Equal((Long("..."), "2"), (sent["body"], sent["num_segments"]));
        Assert.Equal(Long("..."),
            (await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(to)}"))
                .Body!["messages"]![0]!["body"]!.ToString());
        await server.PostAsync(ClockApi.Path, ("Advance", "PT1H")).ExpectAsync(200);
        Assert.Equal(Long("..."), (await server.Api.Messages.UntilAsync(sid, "delivered"))["body"]);
    }

    [Fact]
    public async Task A_scheduled_message_goes_by_the_service_as_it_is_when_its_time_comes()
    {
        var service = await PoolAsync(Us);
        var now = await server.Api.Clock.NowAsync();
        var scheduled = await server.PostAsync(MessagesApi.Path, ("To", to), ("MessagingServiceSid", service),
            ("Body", Curly),
            ("ScheduleType", "fixed"), ("SendAt", ClockApi.Iso(now.AddHours(1)))).ExpectAsync(201);
        await SwitchAsync(service, "false");

        await server.PostAsync(ClockApi.Path, ("Advance", "PT2H")).ExpectAsync(200);

        Assert.Equal(Curly, (await server.Api.Messages.UntilAsync(scheduled["sid"]!, "delivered"))["body"]);
    }

    [Fact]
    public async Task A_message_that_is_never_sent_keeps_the_body_that_was_asked_for()
    {
        var service = await PoolAsync(Us);
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", to), ("Outcome", "failed")).ExpectAsync(201);

        var failed = await server.Api.Messages.SendAndFinishAsync(service, to, ("Body", Curly));

        Assert.Equal(("failed", Curly), (failed["status"], failed["body"]));
    }

    [Theory]
    [InlineData("“Hello” \U0001F631")]
    [InlineData("“Привет”…")]
    [InlineData("“ça va”")]
    [InlineData("plain")]
    public async Task A_body_that_cannot_be_replaced_as_a_whole_stays_as_it_is(string body)
    {
        var service = await PoolAsync(Us);

        var sent = await server.Api.Messages.SendAndFinishAsync(service, to, ("Body", body), ("SmartEncoded", "true"));

        Assert.Equal((body, "1"), (sent["body"], sent["num_segments"]));
    }

    [Theory]
    [InlineData(Agent, "")]
    [InlineData(WhatsApp, "whatsapp:")]
    [InlineData(Us, "", true)]
    public async Task Only_SMS_is_encoded(string sender, string prefix, bool hasMedia = false)
    {
        var service = await PoolAsync(sender);
        await using var media = await MediaServer.StartAsync();
        (string, string)[] more = hasMedia ? [("MediaUrl", media.PictureUrl)] : [];
        if (sender == WhatsApp) await server.Api.Messages.OpenWindowAsync(to, sender);

        var sent = await server.Api.Messages.SendAndFinishAsync(service, prefix + to,
            [("Body", Curly), ("SmartEncoded", "true"), .. more]);

        Assert.Equal(("delivered", sender, Curly), (sent["status"], sent["from"], sent["body"]));
    }

    [Fact]
    public async Task A_message_that_falls_back_from_RCS_to_SMS_is_encoded()
    {
        var service = await PoolAsync(Us, Agent);
        await server.Api.DisableRcsAsync(to);

        var sent = await server.Api.Messages.SendAndFinishAsync(service, to, ("Body", Curly));

        Assert.Equal((Us, Plain), (sent["from"], sent["body"]));
    }

    [Theory]
    [InlineData("it's", "undelivered")]
    [InlineData("it’s", "delivered")]
    public async Task Carrier_rules_see_the_text_that_was_sent(string contains, string status)
    {
        var service = await PoolAsync(Us);
        await server.PostAsync("/emulator/v1/CarrierRules", ("BodyContains", contains),
            ("Outcome", "undelivered")).ExpectAsync(201);

        Assert.Equal(status, (await server.Api.Messages.SendAndFinishAsync(service, to, ("Body", Curly)))["status"]);
    }

    [Fact]
    public async Task A_redacted_message_stays_redacted()
    {
        var service = await PoolAsync(Us);
        var sent = await server.Api.Messages.SendAndFinishAsync(service, to, ("Body", Curly));

        await server.PostAsync(MessagesApi.PathOf(sent["sid"]!), ("Body", "")).ExpectAsync(200);

        // Others of the same service are moved on meanwhile, with another body.
        Assert.Equal(Plain, (await server.Api.Messages.SendAndFinishAsync(service, to, ("Body", Curly)))["body"]);
        Assert.Equal("", (await server.GetAsync(MessagesApi.PathOf(sent["sid"]!)))["body"]);
    }

    [Fact]
    public async Task Messages_with_and_without_something_to_replace_go_on_together()
    {
        var service = await PoolAsync(Us);
        string[] asked = [Curly, "plain", "“\U0001F631”", "…", "\U0001F631"];

        var sent = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
            (await server.Api.Messages.SendAndFinishAsync(service, $"+1415556{i:0000}",
                ("Body", asked[i % asked.Length])))["body"]));

        Assert.Equal(Enumerable.Repeat<string[]>([Plain, "plain", "“\U0001F631”", "...", "\U0001F631"],
            20).SelectMany(bodies => bodies), sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("1")]
    public async Task Anything_but_true_or_false_is_refused(string value)
    {
        var service = await PoolAsync(Us);

        await server.PostAsync(MessagesApi.Path, ("To", to), ("MessagingServiceSid", service), ("Body", "x"),
            ("SmartEncoded", value))
            .ExpectErrorAsync(400, 20001);

        Assert.Empty((await server.GetAsync(MessagesApi.Path)).Body!["messages"]!.AsArray());
    }

    /// <summary>One segment with a GSM-7 character at the end, three with another.</summary>
    private static string Long(string last) => new string('a', 159) + last;

    private static (string, string)[] Asked(string? smartEncoded) =>
        smartEncoded is null ? [] : [("SmartEncoded", smartEncoded)];

    private Task<ApiResponse> SwitchAsync(string service, string smartEncoding) =>
        server.PostAsync($"{ServicesApi.Path}/{service}", ("SmartEncoding", smartEncoding)).ExpectAsync(200);

    private async Task<string> PoolAsync(params string[] senders)
    {
        await server.Api.ResetAsync();
        return await server.Api.Services.CreateWithPoolAsync(senders);
    }
}
