using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound;

/// <summary>
/// What a message asked not to be kept is gone as soon as it has ended, however it ended, and not before.
/// </summary>
public sealed class ForgottenContentTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Rules = "/emulator/v1/CarrierRules";

    [Theory]
    [InlineData("delivered")]
    [InlineData("undelivered")]
    [InlineData("failed")]
    public async Task The_text_and_the_media_go_when_the_message_has_ended(string end)
    {
        await using var media = await MediaServer.StartAsync();
        var (from, to) = (await NumberAsync(), NumbersApi.New());
        await server.PostAsync(Rules, ("To", to), ("Outcome", end)).ExpectAsync(201);

        var accepted = await server.PostAsync(MessagesApi.Path, ("To", to), ("From", from), ("Body", "Secret"),
            ("MediaUrl", media.PictureUrl), ("ContentRetention", "Discard")).ExpectAsync(201);
        var ended = await server.Api.Messages.UntilAsync(accepted["sid"]!, end);

        Assert.Equal(("Secret", "1"), (accepted["body"], accepted["num_media"]));
        Assert.Equal(("", "0", to, "1"), (ended["body"], ended["num_media"], ended["to"], ended["num_segments"]));
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM messages WHERE sid = '{ended["sid"]}' AND messages::text LIKE '%ecret%'"));
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM media WHERE message_sid = '{ended["sid"]}'"));
    }

    [Fact]
    public async Task A_message_that_is_not_sent_yet_says_what_it_will()
    {
        var (from, to) = (await NumberAsync(), NumbersApi.New());
        await server.PostAsync(Rules, ("To", to), ("Outcome", "sent")).ExpectAsync(201);

        var sid = await server.Api.Messages.SendAsync(("To", to), ("From", from), ("Body", "Secret"),
            ("ContentRetention", "discard"), ("AddressRetention", "obfuscate"));
        var sent = await server.Api.Messages.UntilAsync(sid, "sent");

        Assert.Equal(("Secret", to), (sent["body"], sent["to"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("whatsapp:")]
    public async Task The_recipients_last_digits_are_hidden_and_the_final_callback_has_the_number(string prefix)
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var from = prefix.Length == 0 ? await NumberAsync() : await WhatsAppAsync();
        var to = NumbersApi.New();
        if (prefix.Length > 0) await server.Api.Messages.OpenWindowAsync(to, from);

        var sid = await server.Api.Messages.SendAsync(("To", prefix + to), ("From", from), ("Body", "Hello"),
            ("AddressRetention", "obfuscate"),
            ("StatusCallback", receiver.Url));
        var delivered = await server.Api.Messages.UntilAsync(sid, "delivered");

        Assert.Equal($"{prefix}{to[..^4]}XXXX", delivered["to"]);
        Assert.Equal("Hello", delivered["body"]);
        Assert.Equal(delivered["to"],
            (await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(delivered["to"]!)}"))
            .Body!["messages"]!.AsArray().Single(message => message!["sid"]!.ToString() == sid)!["to"]!.ToString());
        Assert.Empty((await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(prefix + to)}"))
            .Body!["messages"]!.AsArray());
        await receiver.UntilAsync(received => received.Count >= 2);
        Assert.All(receiver.Received, callback => Assert.Equal(prefix + to, callback.Parameters["To"]));
    }

    [Fact]
    public async Task A_canceled_message_and_one_without_a_sender_forget_too()
    {
        var service = await server.Api.Services.CreateAsync();
        (string, string)[] form = [("To", NumbersApi.New()), ("MessagingServiceSid", service), ("Body", "Secret"),
            ("ContentRetention", "discard"),
            ("AddressRetention", "obfuscate")];
        var later = TimeProvider.System.GetUtcNow().AddHours(2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'",
            System.Globalization.CultureInfo.InvariantCulture);
        var scheduled = await server.Api.Messages.SendAsync([.. form, ("ScheduleType", "fixed"), ("SendAt", later)]);

        var canceled = await server.PostAsync(MessagesApi.PathOf(scheduled), ("Status", "canceled")).ExpectAsync(200);
        var failed = await server.Api.Messages.UntilAsync(await server.Api.Messages.SendAsync(form), "failed");

        foreach (var ended in new[] { canceled, await server.GetAsync(MessagesApi.PathOf(scheduled)), failed })
        {
            Assert.Equal("", ended["body"]);
            Assert.EndsWith("XXXX", ended["to"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("retain")]
    [InlineData("")]
    public async Task Everything_is_kept_where_nothing_else_was_asked_for(string retention)
    {
        var (from, to) = (await NumberAsync(), NumbersApi.New());

        var sid = await server.Api.Messages.SendAsync(("To", to), ("From", from), ("Body", "Hello"),
            ("ContentRetention", retention), ("AddressRetention", retention));

        var delivered = await server.Api.Messages.UntilAsync(sid, "delivered");
        Assert.Equal(("Hello", to), (delivered["body"], delivered["to"]));
    }

    [Fact]
    public async Task A_message_that_is_read_after_it_was_delivered_stays_forgotten()
    {
        var (from, to) = (await WhatsAppAsync(), NumbersApi.New());
        await server.Api.Messages.OpenWindowAsync(to, from);
        await server.PostAsync(Rules, ("To", to), ("Outcome", "read")).ExpectAsync(201);

        var sid = await server.Api.Messages.SendAsync(("To", $"whatsapp:{to}"), ("From", from), ("Body", "Hello"),
            ("AddressRetention", "obfuscate"));

        Assert.Equal($"whatsapp:{to[..^4]}XXXX", (await server.Api.Messages.UntilAsync(sid, "read"))["to"]);
    }

    private async Task<string> NumberAsync()
    {
        var number = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(number);
        return number;
    }

    private async Task<string> WhatsAppAsync()
    {
        var sender = $"whatsapp:{NumbersApi.New()}";
        await server.Api.ChannelSenders.CreateAsync(sender);
        return sender;
    }
}
