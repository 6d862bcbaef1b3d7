using static MessagingServices.Domain.Messages.MessageStatus;

namespace MessagingServices.Domain.Tests.Messages;

/// <summary>Charging of sent messages, and discarding of data when a message ends.</summary>
public sealed class EndedMessageTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static Message Queued(
        MessageOptions options = 0, string from = "+14155550199", string to = "+14155550100",
        params string[] media) => Message.Accept(
        new(Sid.Create("SM", 3), Sid.Create("AC", 1), to, new string('a', 161))
        {
            From = from, MediaUrls = media, Options = options, StatusCallback = "http://localhost/status",
        }, Noon);

    [Theory]
    [InlineData(MessageOptions.None, "+14155550100", 161, 1)]
    [InlineData(MessageOptions.ProvideFeedback, "+14155550100", 161, 1)]
    [InlineData(MessageOptions.DiscardContent, "+14155550100", 0, 0)]
    [InlineData(MessageOptions.ObfuscateAddress, "+1415555XXXX", 161, 1)]
    [InlineData(MessageOptions.DiscardContent | MessageOptions.ObfuscateAddress, "+1415555XXXX", 0, 0)]
    public void Ended_message_discards_data_after_its_last_callback(
        MessageOptions options, string to, int length, int media)
    {
        var message = Queued(options, media: "http://localhost/a.png");
        message.TransitionTo(Sending, Noon);
        message.TransitionTo(Sent, Noon);
        Assert.Equal(("+14155550100", 161, 1), (message.To, message.Body.Length, message.MediaUrls.Count));

        var callback = message.TransitionTo(Undelivered, Noon, 30003)!;

        Assert.Equal((to, length, media), (message.To, message.Body.Length, message.MediaUrls.Count));
        Assert.Contains(KeyValuePair.Create("To", "+14155550100"), callback.Parameters);
    }

    [Theory]
    [InlineData("+14155550100", "+1415555XXXX")]
    [InlineData("whatsapp:+447700900100", "whatsapp:+44770090XXXX")]
    [InlineData("+1415555XXXX", "+1415555XXXX")]
    public void Obfuscated_address_hides_the_last_four_digits(string address, string shown) =>
        Assert.Equal(shown, RecipientAddress.Obfuscate(address));

    [Fact]
    public void Message_is_charged_once_for_all_segments()
    {
        var message = Queued();

        message.Charge(0.0079m);
        message.Charge(1m);

        Assert.Equal(-0.0158m, message.Price);
    }

    [Theory]
    [InlineData("+14155550199", MessageOptions.None, 0, 2)]
    [InlineData("+14155550199", MessageOptions.None, 1, 10)]
    [InlineData("+14155550199", MessageOptions.SendAsMms, 0, 10)]
    [InlineData("rcs:agent", MessageOptions.None, 0, 100)]
    [InlineData("rcs:agent", MessageOptions.None, 1, 100)]
    [InlineData("whatsapp:+14155550199", MessageOptions.None, 0, 1000)]
    public void Price_depends_on_the_type_of_message(string from, MessageOptions options, int media, int unit)
    {
        var message = Queued(options, from,
            from.StartsWith("whatsapp", StringComparison.Ordinal) ? "whatsapp:+14155550100" : "+14155550100",
            [.. Enumerable.Repeat("http://localhost/a.png", media)]);

        var prices = new PriceList(new Dictionary<(Tariff, string), decimal>
        {
            [(Tariff.Sms, "US")] = 2, [(Tariff.Mms, "US")] = 10, [(Tariff.Rcs, "US")] = 100,
            [(Tariff.WhatsApp, "US")] = 1000,
        });
        message.Charge(prices.Of(message));

        Assert.Equal(-unit * message.NumSegments, message.Price);
    }
}
