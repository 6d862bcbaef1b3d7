namespace MessagingServices.Domain.Tests.Carriers;

/// <summary>How rules name recipients and senders.</summary>
public sealed class AddressPatternTests
{
    [Theory]
    [InlineData("+14155550100", "+14155550100")]
    [InlineData(" (415) 555-0100", "+14155550100")]
    [InlineData("WhatsApp:+14155550100", "whatsapp:+14155550100")]
    [InlineData("+1415*", "+1415*")]
    [InlineData("whatsapp:+1415*", "whatsapp:+1415*")]
    [InlineData(" * ", "*")]
    [InlineData("12345", null)]
    [InlineData("nobody", null)]
    [InlineData("1415*", null)]
    [InlineData("+14*15*", null)]
    [InlineData("+1415**", null)]
    [InlineData("*0100", null)]
    [InlineData("sms:+1415*", null)]
    public void Recipients_are_numbers_or_beginnings_of_numbers(string text, string? pattern) =>
        Assert.Equal(pattern, AddressPattern.OfRecipients(text));

    [Theory]
    [InlineData("+14155550100", "+14155550100")]
    [InlineData("12345", "12345")]
    [InlineData("My Company", "My Company")]
    [InlineData("rcs:agent", "rcs:agent")]
    [InlineData("rcs:ag*", "rcs:ag*")]
    [InlineData("My*", "My*")]
    [InlineData("", null)]
    [InlineData("*mpany", null)]
    [InlineData("M*C*", null)]
    [InlineData("fax:+1415*", null)]
    public void Senders_are_addresses_or_beginnings_of_addresses(string text, string? pattern) =>
        Assert.Equal(pattern, AddressPattern.OfSenders(text));

    [Theory]
    [InlineData("agent", "rcs:agent", true)]
    [InlineData("rcs:agent", "rcs:Agent", false)]
    [InlineData("rcs:ag*", "rcs:agent", true)]
    [InlineData("My*", "My Company", true)]
    [InlineData("My*", "my company", false)]
    [InlineData("12*", "12345", true)]
    [InlineData("12345", "123456", false)]
    public void The_channel_does_not_count_and_the_case_does(string pattern, string address, bool means) =>
        Assert.Equal(means, AddressPattern.Matches(pattern, address));
}
