namespace MessagingServices.Domain.Tests.Media;

public sealed class MediaRulesTests
{
    private const int Megabyte = 1024 * 1024;

    [Theory]
    [InlineData("image/jpeg", true, true, true)]
    [InlineData("IMAGE/PNG", true, true, true)]
    [InlineData("image/heic", true, false, true)]
    [InlineData("image/webp", false, false, true)]
    [InlineData("video/h263", true, true, true)]
    [InlineData("text/vcard", true, false, true)]
    [InlineData("application/pdf", true, true, true)]
    [InlineData("application/msword", false, false, true)]
    [InlineData("text/html", false, false, false)]
    [InlineData("image/svg+xml", false, false, false)]
    [InlineData("image/png; charset=utf-8", false, false, false)]
    [InlineData("", false, false, false)]
    [InlineData(null, false, false, false)]
    public void Channel_accepts_its_media_types(string? type, bool mms, bool rcs, bool whatsApp) =>
        Assert.Equal((mms, rcs, whatsApp),
        (MediaRules.TypeOn(Channel.Sms, type) is not null, MediaRules.TypeOn(Channel.Rcs, type) is not null,
            MediaRules.TypeOn(Channel.WhatsApp, type) is not null));

    [Fact]
    public void Media_type_is_normalised()
    {
        Assert.Equal("image/jpeg", MediaRules.TypeOn(Channel.Sms, "Image/JPEG"));
        Assert.Equal("video/H264", MediaRules.TypeOn(Channel.Sms, "video/h264"));
    }

    [Theory]
    [InlineData(Channel.Sms, "image/gif", 5 * Megabyte)]
    [InlineData(Channel.Sms, "image/heic", 500 * 1024)]
    [InlineData(Channel.Sms, "application/pdf", 500 * 1024)]
    [InlineData(Channel.WhatsApp, "image/webp", 5 * Megabyte)]
    [InlineData(Channel.WhatsApp, "video/mp4", 16 * Megabyte)]
    [InlineData(Channel.Rcs, "image/png", 16 * Megabyte)]
    public void Channel_has_size_limits(Channel channel, string type, int maxBytes)
    {
        Assert.Equal(maxBytes, MediaRules.MaxBytesOn(channel, type));
        Assert.InRange(maxBytes, 1, MediaRules.MaxBytesOn(channel));
        Assert.InRange(MediaRules.MaxBytesOn(channel), 1, MediaRules.MaxBytes);
    }
}
