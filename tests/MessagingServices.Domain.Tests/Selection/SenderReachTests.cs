using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

/// <summary>An explicit sender must pass the rules that remove selected senders.</summary>
public sealed class SenderReachTests
{
    [Theory]
    [InlineData(Us, ToUs, false, null)]
    [InlineData(Us, ToGb, true, null)]
    [InlineData(Gb, ToGb, true, 21621)]
    [InlineData(Gb, ToUs, false, 21612)]
    [InlineData(Jm, ToCa, false, 21612)]
    [InlineData(TollFree, ToGb, false, 21612)]
    [InlineData(Pools.AShortCode, ToUs, true, null)]
    [InlineData(Pools.AShortCode, ToGb, false, 21659)]
    [InlineData(Alpha, ToGb, false, null)]
    [InlineData(Alpha, ToUs, false, 21612)]
    [InlineData(Alpha, ToGb, true, 21621)]
    [InlineData(Rcs, ToKr, true, null)]
    [InlineData(WhatsApp, "whatsapp:" + ToKr, true, null)]
    public void Sender_that_cannot_reach_the_recipient_is_rejected(string sender, string to, bool media, int? code) =>
        Assert.Equal(code,
            SenderReach.ApiError(Sender(sender), RecipientAddress.Parse(to).Address!, media)?.Error.Code);
}
