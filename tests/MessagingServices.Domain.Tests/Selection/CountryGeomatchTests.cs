using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

public sealed class CountryGeomatchTests
{
    [Theory]
    [InlineData(ToGb, Gb, Us, Gb, De)]
    [InlineData(ToDe, De, Us, Gb, De)]
    [InlineData(ToFr, Us, Gb, Us, De)]
    [InlineData(ToFr, Gb + " " + De, Gb, De)]
    [InlineData(ToFr, Jm, Jm, TollFree)]
    [InlineData(ToJm, Jm, Us, Jm)]
    [InlineData(ToJm, Us, Ca, Us)]
    [InlineData(ToPr, Pr, Us, Pr)]
    [InlineData(ToPr, Us, Us, Ca)]
    [InlineData(ToCa, Ca, Us, Ca)]
    [InlineData(ToCa, Us, Us, Gb)]
    [InlineData(ToUs, Ca, Gb, Ca)]
    [InlineData(ToUs, Us + " " + TollFree, Us, TollFree, Ca)]
    [InlineData(ToUs, TollFree, Gb, TollFree, Ca)]
    [InlineData(ToTollFree, Us, Ca, Us)]
    public void Number_of_the_country_wins_then_a_US_number_then_any(string to, string kept, params string[] pool) =>
        Assert.Equal(kept, Select(to, pool).Kept("CountryGeomatch"));

    [Theory]
    [InlineData(ToGb, "rcs:gb", "rcs:us/US", "rcs:gb/GB,IE")]
    [InlineData(ToDe, "rcs:us rcs:gb", "rcs:us/US", "rcs:gb/GB")]
    [InlineData("rcs:" + ToUs, "rcs:us", "rcs:us/US", "rcs:gb/GB")]
    [InlineData("rcs:" + ToDe, "rcs:none", "rcs:none")]
    public void RCS_sender_approved_in_the_country_wins_then_any(string to, string kept, params string[] pool) =>
        Assert.Equal(kept, Select(to, pool).Kept("CountryGeomatch"));

    [Theory]
    [InlineData("whatsapp:" + ToGb, "whatsapp:" + Gb, "whatsapp:" + Us, "whatsapp:" + Gb)]
    [InlineData("whatsapp:" + ToDe, "whatsapp:" + Gb + " whatsapp:" + Ca, "whatsapp:" + Gb, "whatsapp:" + Ca)]
    public void WhatsApp_sender_of_the_country_wins_then_any(string to, string kept, params string[] pool) =>
        Assert.Equal(kept, Select(to, pool).Kept("CountryGeomatch"));

    [Fact]
    public void Rule_does_not_apply_to_short_codes() =>
        Assert.Null(Select(ToUs, AShortCode, "54321/US").Kept("CountryGeomatch"));
}
