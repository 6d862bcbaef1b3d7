using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

public sealed class ShortCodeCountryTests
{
    [Theory]
    [InlineData(ToUs, "12345")]
    [InlineData(ToTollFree, "12345")]
    [InlineData(ToGb, "60777")]
    [InlineData(ToCa, "")]
    [InlineData(ToPr, "")]
    public void Short_code_reaches_its_own_country_only(string to, string kept) =>
        Assert.Equal(kept, Select(to, AShortCode, "60777/GB").Kept("ShortCodeCountry"));

    [Fact]
    public void Short_code_of_another_country_alone_gives_21703() =>
        Assert.Equal(21703, Assert.IsType<Domain.Selection.SenderChoice.NoSender>(Select(ToGb, AShortCode)).Error.Code);

    [Fact]
    public void Pool_without_short_codes_has_no_step() => Assert.Null(Select(ToGb, Gb).Kept("ShortCodeCountry"));
}
