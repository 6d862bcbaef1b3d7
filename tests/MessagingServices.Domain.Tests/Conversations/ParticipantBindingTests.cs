namespace MessagingServices.Domain.Tests.Conversations;

/// <summary>Which pairs of addresses can be a participant's.</summary>
public sealed class ParticipantBindingTests
{
    [Theory]
    [InlineData("(212) 555-0100", "+1 415 555 0100", "+12125550100", "+14155550100")]
    [InlineData("+12125550100", "70707", "+12125550100", "70707")]
    [InlineData("WhatsApp:+12125550100", "whatsapp:+14155550100", "whatsapp:+12125550100", "whatsapp:+14155550100")]
    [InlineData("rcs:+12125550100", "RCS:brand_agent", "rcs:+12125550100", "rcs:brand_agent")]
    public void A_pair_has_one_form(string address, string proxy, string shownAddress, string shownProxy)
    {
        var (binding, refusal) = ParticipantBinding.Parse(address, proxy);

        Assert.Null(refusal);
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
    public void What_is_no_pair_is_refused(string address, string proxy, int code)
    {
        var (binding, refusal) = ParticipantBinding.Parse(address, proxy);

        Assert.Null(binding);
        Assert.Equal(code, refusal!.Error.Code);
    }
}
