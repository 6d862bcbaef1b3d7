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
    [InlineData("whatsapp:US.13491208655302741918", "US")]
    [InlineData("WhatsApp:DE.aZ09", "DE")]
    public void WhatsApp_user_who_hides_the_number_is_an_ID(string text, string country)
    {
        var address = RecipientAddress.Parse(text).Address!;

        Assert.Equal((Channel.WhatsApp, "whatsapp:" + text[9..], text[9..], null, country),
            (address.Channel, address.Value, address.Handset, address.Number, address.Country));
    }

    [Theory]
    [InlineData("US.1349")]
    [InlineData("rcs:US.1349")]
    [InlineData("whatsapp:us.1349")]
    [InlineData("whatsapp:US.")]
    [InlineData("whatsapp:USA.1349")]
    [InlineData("whatsapp:US.13-49")]
    public void ID_of_another_form_or_channel_is_rejected(string text) =>
        Assert.Equal(21211, RecipientAddress.Parse(text).ApiError!.Error.Code);

    [Fact]
    public void Max_length_of_an_ID_is_128()
    {
        Assert.NotNull(RecipientAddress.Parse("whatsapp:US." + new string('1', 128)).Address);
        Assert.Null(RecipientAddress.Parse("whatsapp:US." + new string('1', 129)).Address);
    }

    [Theory]
    [InlineData("messenger:123", 21211)]
    [InlineData("telegram:+14155550100", 21211)]
    [InlineData("whatsapp:", 21211)]
    [InlineData("whatsapp:12345", 21211)]
    [InlineData("ACME", 21211)]
    [InlineData("12345", 21265)]
    [InlineData("+19005550100", 21268)]
    [InlineData("whatsapp:+19005550100", 21268)]
    [InlineData("+449098790000", 21268)]
    public void Invalid_recipient_is_rejected(string text, int code) =>
        Assert.Equal(code, RecipientAddress.Parse(text).ApiError!.Error.Code);

    [Theory]
    [InlineData("9647514221234567", "Invalid 'To' Phone Number: 964751422123XXXX")]
    [InlineData("12", "Invalid 'To' Phone Number: XXXX")]
    [InlineData("rcs:+1415", "Invalid 'To' Phone Number: rcs:+XXXX")]
    [InlineData("whatsapp:+1415", "The 'To' number whatsapp:+1415 is not a valid phone number.")]
    [InlineData("12345", "'To' number cannot be a Short Code: 1XXXX")]
    public void Error_hides_the_last_four_digits_except_on_WhatsApp(string text, string message) =>
        Assert.Equal(message, RecipientAddress.Parse(text).ApiError!.Message);
}
