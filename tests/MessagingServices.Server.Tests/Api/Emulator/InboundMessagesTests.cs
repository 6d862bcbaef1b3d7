using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>The call by which a handset sends: what is stored, what is refused.</summary>
public sealed class InboundMessagesTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Inbound = "/emulator/v1/InboundMessages";

    private static int lastHandset;

    private static readonly Field[] Table =
    [
        new("From", "+1 (212) 555-0100", "from", "\"+12125550100\""),
        new("Body", " Straße ", "body", "\" Straße \""),
    ];

    public static TheoryData<Field> Fields => [.. Table];

    [Fact]
    public void Every_parameter_is_tried() =>
        Field.AssertCovers(typeof(CreateInboundMessageForm), Table, "To", "MediaUrl");

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_shown_in_the_message(Field field)
    {
        var number = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(number);

        var received = await server.PostAsync(Inbound,
            [(field.Name, field.Sent), ("To", number), ("From", NewHandset()), ("Body", "Hi")]).ExpectAsync(201);

        field.AssertShownIn(received);
        Assert.Equal(number, received["to"]);
    }

    [Fact]
    public async Task A_received_message_is_a_message_like_any_other()
    {
        var number = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(number);
        var handset = NewHandset();

        var received = await server.PostAsync(Inbound, ("From", handset), ("To", number),
            ("Body", new('a', 161))).ExpectAsync(201);

        Assert.Matches("^SM[0-9a-f]{32}$", received["sid"]);
        Assert.Equal(("received", "inbound", "2", "0", null, null),
            (received["status"], received["direction"], received["num_segments"], received["num_media"],
                received["messaging_service_sid"], received["error_code"]));
        Assert.Equal(("-0.01660", "USD"), (received["price"], received["price_unit"]));
        Assert.Equal(received["date_created"], received["date_sent"]);
        Assert.Equal(received.Text,
            (await server.GetAsync(MessagesApi.PathOf(received["sid"]!)).ExpectAsync(200)).Text);
        var listed = await server.GetAsync($"{MessagesApi.Path}?From={Uri.EscapeDataString(handset)}").ExpectAsync(200);
        Assert.Equal(received["sid"], listed.Body!["messages"]!.AsArray().Single()!["sid"]!.ToString());
        var waited = await server.GetAsync(MessagesApi.WaitPath(("From", handset), ("Direction", "inbound"),
            ("Status", "received"))).ExpectAsync(200);
        Assert.Equal(received["sid"], waited["sid"]);
        Assert.Equal(["receiving", "received"],
            (await server.Api.Messages.StatusesAsync(received["sid"]!)).Select(step => step.Status));
        await server.DeleteAsync(MessagesApi.PathOf(received["sid"]!)).ExpectAsync(204);
    }

    [Theory]
    [InlineData("whatsapp:+14155550180", "whatsapp:+12125550101", "whatsapp:+12125550101")]
    [InlineData("whatsapp:+14155550181", "+1 212 555 0102", "whatsapp:+12125550102")]
    [InlineData("rcs:inbound_agent", "rcs:+12125550103", "rcs:+12125550103")]
    [InlineData("rcs:inbound_agent2", "+12125550104", "rcs:+12125550104")]
    public async Task A_handset_is_on_the_channel_of_the_sender_that_it_writes_to(
        string sender, string from, string shown)
    {
        await server.Api.ChannelSenders.CreateAsync(sender);

        var received = await server.PostAsync(Inbound, ("From", from), ("To", sender),
            ("Body", new('ü', 200))).ExpectAsync(201);

        Assert.Equal((sender, shown, "1"), (received["to"], received["from"], received["num_segments"]));
    }

    [Fact]
    public async Task A_short_code_receives_in_its_own_country()
    {
        var code = ShortCodesApi.New();
        await server.Api.ShortCodes.CreateAsync(code, "US");

        Assert.Equal(code, (await server.PostAsync(Inbound, ("From", NewHandset()), ("To", code),
            ("Body", "Hi")).ExpectAsync(201))["to"]);
    }

    [Theory]
    [InlineData(400, 21604, "To", "")]
    [InlineData(400, 21606, "To", "+14155559999")]
    [InlineData(400, 21606, "To", "ACME")]
    [InlineData(400, 21606, "To", "99999")]
    [InlineData(400, 21606, "To", "whatsapp:+14155559999")]
    [InlineData(400, 21606, "To", "nonsense:1")]
    [InlineData(400, 21603, "From", "")]
    [InlineData(400, 21212, "From", "Twelve chars")]
    [InlineData(400, 21212, "From", "12")]
    [InlineData(400, 21212, "From", "whatsapp:nobody")]
    [InlineData(400, 21910, "From", "whatsapp:+12125550100")]
    [InlineData(400, 21619, "Body", "")]
    [InlineData(400, 21620, "MediaUrl", "ftp://example.com/a.png")]
    public async Task What_no_handset_can_send_is_refused_and_leaves_nothing(
        int status, int code, string name, string value)
    {
        var number = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(number);
        var form = new Dictionary<string, string> { ["From"] = NewHandset(), ["To"] = number, ["Body"] = "Hi",
            [name] = value };

        await server.PostAsync(Inbound, [.. form.Select(field => (field.Key, field.Value))]).ExpectErrorAsync(status,
            code);

        Assert.Empty((await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(number)}").ExpectAsync(200))
            .Body!["messages"]!.AsArray());
    }

    [Fact]
    public async Task A_number_does_not_write_to_itself()
    {
        var number = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(number);

        await server.PostAsync(Inbound, ("From", number), ("To", number), ("Body", "Hi")).ExpectErrorAsync(400, 21266);
    }

    [Fact]
    public async Task The_limits_of_messages_hold()
    {
        var number = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(number);
        (string, string)[] addresses = [("From", NewHandset()), ("To", number)];

        await server.PostAsync(Inbound, [.. addresses, ("Body", new('a', 1601))]).ExpectErrorAsync(400, 21617);
        await server.PostAsync(Inbound,
            [.. addresses, .. Enumerable.Repeat(("MediaUrl", "https://example.com/a.png"), 11)]).ExpectErrorAsync(400,
            21623);
        await server.PostAsync(Inbound,
            [.. addresses, ("Body", "Hi"), ("ProfileName", new('a', 1601))]).ExpectErrorAsync(400, 20001);
        await server.PostAsync(Inbound,
            [.. addresses, ("Body", new('a', 1600)), ("ProfileName", new('a', 1600))]).ExpectAsync(201);
    }

    [Fact]
    public async Task What_only_a_channel_has_makes_a_message_too()
    {
        await server.Api.ChannelSenders.CreateAsync("whatsapp:+14155550182");

        var received = await server.PostAsync(Inbound, ("From", "+12125550105"), ("To", "whatsapp:+14155550182"),
            ("Latitude", "1.5"), ("Longitude", "2")).ExpectAsync(201);

        Assert.Equal("", received["body"]);
    }

    [Theory]
    [InlineData(20001, "Latitude", "1.5")]
    [InlineData(20001, "MessageType", "note")]
    [InlineData(20001, "MessageType", "location")]
    [InlineData(20001, "Address", "1 Hacker Way")]
    [InlineData(20001, "Label", "Office")]
    [InlineData(20001, "ExternalUserId", "13491208655302741918")]
    [InlineData(20001, "Forwarded", "1")]
    [InlineData(21212, "From", "68849")]
    [InlineData(21212, "From", "SUPPORT")]
    [InlineData(21212, "From", "whatsapp:US.")]
    [InlineData(21619, "Body", "")]
    public async Task What_no_whatsapp_user_can_send_is_refused(int code, string name, string value)
    {
        var sender = $"whatsapp:{NumbersApi.New()}";
        await server.Api.ChannelSenders.CreateAsync(sender);
        var form = new Dictionary<string, string> { ["From"] = NewHandset(), ["To"] = sender, ["Body"] = "Hi",
            ["ProfileName"] = "Ann", [name] = value };

        await server.PostAsync(Inbound, [.. form.Select(field => (field.Key, field.Value))])
            .ExpectErrorAsync(400, code);

        Assert.Empty((await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(sender)}").ExpectAsync(200))
            .Body!["messages"]!.AsArray());
    }

    [Theory]
    [InlineData("ButtonText", "Yes")]
    [InlineData("ListTitle", "Yes")]
    public async Task The_text_of_a_choice_is_the_text_of_the_message(string name, string text)
    {
        var sender = $"whatsapp:{NumbersApi.New()}";
        await server.Api.ChannelSenders.CreateAsync(sender);

        var received = await server.PostAsync(Inbound, ("From", NewHandset()), ("To", sender),
            (name, text)).ExpectAsync(201);

        Assert.Equal(text, received["body"]);
    }

    [Fact]
    public async Task Another_accounts_senders_receive_nothing()
    {
        var number = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(number);
        using var other = await server.OtherAccountAsync();

        await other.Api.RequestAsync(HttpMethod.Post, Inbound, ("From", NewHandset()), ("To", number),
            ("Body", "Hi")).ExpectErrorAsync(400, 21606);
    }

    private static string NewHandset() => $"+1212{3_000_000 + Interlocked.Increment(ref lastHandset)}";
}
