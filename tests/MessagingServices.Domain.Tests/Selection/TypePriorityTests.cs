using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

/// <summary>
/// "RCS sender, short code, alphanumeric sender ID, long code and toll-free; in Canada toll-free over long codes."
/// </summary>
public sealed class TypePriorityTests
{
    private const string GbShortCode = "60777/GB";

    [Theory]
    [InlineData(ToGb, Rcs, Gb, Alpha, GbShortCode, Rcs)]
    [InlineData(ToGb, "60777", Gb, Alpha, GbShortCode)]
    [InlineData(ToGb, Alpha, Gb, Alpha)]
    [InlineData(ToGb, Gb, Gb, TollFree)]
    [InlineData(ToUs, "12345", Us, TollFree, AShortCode)]
    [InlineData(ToUs, Us + " " + TollFree, Us, TollFree)]
    [InlineData(ToCa, TollFree, Ca, TollFree)]
    [InlineData(ToCa, TollFree, Us, TollFree)]
    [InlineData(ToCa, Ca + " " + Us, Ca, Us)]
    [InlineData("whatsapp:" + ToCa, WhatsApp, Ca, TollFree, WhatsApp)]
    public void Best_type_with_a_usable_sender_is_kept(string to, string kept, params string[] pool) =>
        Assert.Equal(kept, Select(to, pool).Kept("TypePriority"));
}
