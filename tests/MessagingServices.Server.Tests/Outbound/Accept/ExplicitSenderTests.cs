using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Accept;

/// <summary>Every type of sender can be named in <c>From</c>, and is held to what it can reach.</summary>
public sealed class ExplicitSenderTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string ToUs = "+14155550123", ToGb = "+447700900123";

    [Theory]
    [InlineData("12345", ToUs, "queued")]
    [InlineData("ACME", ToGb, "queued")]
    [InlineData("rcs:agent", ToUs, "queued")]
    [InlineData("rcs:agent", "rcs:" + ToUs, "queued")]
    [InlineData("whatsapp:+14155550001", "whatsapp:" + ToUs, "queued")]
    public async Task A_sender_of_the_account_is_taken(string from, string to, string status)
    {
        await MakeSendersAsync();
        if (to.StartsWith("whatsapp:", StringComparison.Ordinal)) await server.Api.Messages.OpenWindowAsync(to, from);

        var message = await server.PostAsync(MessagesApi.Path, ("From", from), ("To", to),
            ("Body", "Hello")).ExpectAsync(201);

        Assert.Equal((status, from, to), (message["status"], message["from"], message["to"]));
        await server.Api.Messages.UntilAsync(message["sid"]!, "delivered");
    }

    [Theory]
    [InlineData(21659, "54321", ToUs)]
    [InlineData(21659, "12345", ToGb)]
    [InlineData(21612, "ACME", ToUs)]
    [InlineData(21612, "+447700900001", ToUs)]
    [InlineData(21659, "+447700900009", ToUs)]
    [InlineData(21910, "messenger:page", ToUs)]
    [InlineData(21910, "+447700900001", "messenger:123")]
    [InlineData(63007, "messenger:page", "Messenger:123")]
    [InlineData(63007, "rcs:other", ToUs)]
    [InlineData(63007, "whatsapp:+14155550009", "whatsapp:" + ToUs)]
    [InlineData(21910, "whatsapp:+14155550001", ToUs)]
    [InlineData(21910, "+447700900001", "whatsapp:" + ToUs)]
    [InlineData(21910, "rcs:agent", "whatsapp:" + ToUs)]
    [InlineData(21910, "12345", "rcs:" + ToUs)]
    [InlineData(21212, "Twelve chars", ToUs)]
    [InlineData(21266, "whatsapp:+14155550001", "whatsapp:+14155550001")]
    public async Task A_sender_that_is_not_the_accounts_or_cannot_reach_the_recipient_is_refused(
        int code, string from, string to)
    {
        await MakeSendersAsync();

        await server.PostAsync(MessagesApi.Path, ("From", from), ("To", to), ("Body", "Hello")).ExpectErrorAsync(400,
            code);

        Assert.Empty((await server.GetAsync(MessagesApi.Path)).Body!["messages"]!.AsArray());
    }

    [Fact]
    public async Task Another_accounts_senders_are_not_taken()
    {
        await MakeSendersAsync();
        using var other = await server.OtherAccountAsync();
        var messages = $"/2010-04-01/Accounts/{OtherAccount.SidOf(other)}/Messages.json";

        await other.Api.RequestAsync(HttpMethod.Post, messages, ("From", "12345"), ("To", ToUs),
            ("Body", "x")).ExpectErrorAsync(400, 21659);
        await other.Api.RequestAsync(HttpMethod.Post, messages, ("From", "rcs:agent"), ("To", ToUs),
            ("Body", "x")).ExpectErrorAsync(400, 63007);
    }

    [Fact]
    public async Task Of_short_codes_with_the_same_digits_the_recipients_countrys_is_meant()
    {
        await server.Api.ResetAsync();
        await server.Api.Services.CreateWithPoolAsync("12345/CA", "12345/US");

        await server.PostAsync(MessagesApi.Path, ("From", "12345"), ("To", ToUs), ("Body", "Hello")).ExpectAsync(201);
        await server.PostAsync(MessagesApi.Path, ("From", "12345"), ("To", ToGb),
            ("Body", "Hello")).ExpectErrorAsync(400, 21659);
    }

    private async Task MakeSendersAsync()
    {
        await server.Api.ResetAsync();
        await server.Api.Services.CreateWithPoolAsync("12345/US", "+447700900001", "rcs:agent",
            "whatsapp:+14155550001");
    }
}
