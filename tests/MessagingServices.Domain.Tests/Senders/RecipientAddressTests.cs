namespace MessagingServices.Domain.Tests.Senders;

public sealed class RecipientAddressTests
{
    [Theory]
    [InlineData("+14155550100", Channel.Sms, "+14155550100")]
    [InlineData("whatsapp:+14155550100", Channel.WhatsApp, "whatsapp:+14155550100")]
    [InlineData("WhatsApp:+1 415 555 0100", Channel.WhatsApp, "whatsapp:+14155550100")]
    [InlineData("rcs:+14155550100", Channel.Rcs, "rcs:+14155550100")]
    public void Recipient_is_a_channel_and_a_number(string text, Channel channel, string value)
    {
        var (address, error) = RecipientAddress.Parse(text);

        Assert.Null(error);
        Assert.Equal((channel, value), (address!.Channel, address.Value));
    }

    [Theory]
    [InlineData("messenger:123", 21211)]
    [InlineData("telegram:+14155550100", 21211)]
    [InlineData("whatsapp:", 21211)]
    [InlineData("whatsapp:12345", 21211)]
    [InlineData("ACME", 21211)]
    [InlineData("12345", 21265)]
    public void Invalid_recipient_is_rejected(string text, int code) =>
        Assert.Equal(code, RecipientAddress.Parse(text).ApiError!.Error.Code);
}
