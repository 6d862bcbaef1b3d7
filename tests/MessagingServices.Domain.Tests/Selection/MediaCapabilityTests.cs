using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

public sealed class MediaCapabilityTests
{
    [Theory]
    [InlineData(true, "12345 " + Us + " " + TollFree + " " + Rcs)]
    [InlineData(false, "12345 60777 " + Us + " " + Gb + " " + TollFree + " " + Alpha + " " + Rcs)]
    public void Media_need_a_sender_that_supports_them(bool media, string kept) => Assert.Equal(kept,
        Select(To(ToUs, media), AShortCode, "60777/GB", Us, Gb, TollFree, Alpha, Rcs).Kept("MediaCapability"));

    [Fact]
    public void WhatsApp_supports_media() =>
        Assert.Equal(WhatsApp, Select(To("whatsapp:" + ToUs, media: true), WhatsApp).Chosen());

    [Fact]
    public void Pool_without_a_sender_for_media_gives_21703() =>
        Assert.Equal(21703, Assert.IsType<Domain.Selection.SenderChoice.NoSender>(Select(To(ToGb, media: true), Gb,
            Alpha)).Error.Code);
}
