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
    public void A_short_code_reaches_its_own_country_only(string to, string kept) =>
        Assert.Equal(kept, Select(to, AShortCode, "60777/GB").Kept("ShortCodeCountry"));

    [Fact]
    public void A_lone_short_code_of_another_country_is_21703() =>
        Assert.Equal(21703, Assert.IsType<Domain.Selection.SenderChoice.NoSender>(Select(ToGb, AShortCode)).Error.Code);

    [Fact]
    public void A_pool_without_short_codes_has_no_such_step() => Assert.Null(Select(ToGb, Gb).Kept("ShortCodeCountry"));
}
