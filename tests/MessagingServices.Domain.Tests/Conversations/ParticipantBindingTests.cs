namespace MessagingServices.Domain.Tests.Conversations;

public sealed class ParticipantBindingTests
{
    [Theory]
    [InlineData("(212) 555-0100", "+1 415 555 0100", "+12125550100", "+14155550100")]
    [InlineData("+12125550100", "70707", "+12125550100", "70707")]
    [InlineData("WhatsApp:+12125550100", "whatsapp:+14155550100", "whatsapp:+12125550100", "whatsapp:+14155550100")]
    [InlineData("rcs:+12125550100", "RCS:brand_agent", "rcs:+12125550100", "rcs:brand_agent")]
    public void Pair_of_addresses_is_normalised(string address, string proxy, string shownAddress, string shownProxy)
    {
        var (binding, error) = ParticipantBinding.Parse(address, proxy);

        Assert.Null(error);
        Assert.Equal((shownAddress, shownProxy), (binding!.Address, binding.ProxyAddress));
    }

    [Theory]
    [InlineData("nobody", "+14155550100", 50407)]
    [InlineData("70707", "+14155550100", 50407)]
    [InlineData("+12125550100", "no one", 50408)]
    [InlineData("+12125550100", "Acme", 50408)]
    [InlineData("+12125550100", "(212) 555-0100", 50409)]
    [InlineData("whatsapp:+12125550100", "+14155550100", 50414)]
    [InlineData("+12125550100", "rcs:brand", 50414)]
    public void Invalid_pair_is_rejected(string address, string proxy, int code)
    {
        var (binding, error) = ParticipantBinding.Parse(address, proxy);

        Assert.Null(binding);
        Assert.Equal(code, error!.Error.Code);
    }
}
