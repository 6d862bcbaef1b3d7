using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

public sealed class ChannelFilterTests
{
    [Theory]
    [InlineData(ToUs, "+14155550001 12345 ACME rcs:agent")]
    [InlineData("whatsapp:" + ToUs, WhatsApp)]
    [InlineData("rcs:" + ToUs, Rcs)]
    public void Recipient_gets_the_senders_of_its_channel(string to, string kept) =>
        Assert.Equal(kept, Select(to, Us, AShortCode, Alpha, Rcs, WhatsApp).Kept("ChannelGate"));

    [Theory]
    [InlineData("whatsapp:" + ToUs, Us, Rcs)]
    [InlineData("rcs:" + ToUs, Us, WhatsApp)]
    [InlineData(ToUs, WhatsApp, WhatsApp)]
    public void Recipient_with_a_channel_gets_no_other_channel(string to, params string[] pool) =>
        Assert.Null(Select(to, pool).Chosen());

    [Fact]
    public void Recipient_with_rcs_prefix_gets_no_fallback_sender() =>
        Assert.Null(Select(To("rcs:" + ToUs) with { FallbackFrom = Sender(Us, 9) }, Us212).Chosen());
}
