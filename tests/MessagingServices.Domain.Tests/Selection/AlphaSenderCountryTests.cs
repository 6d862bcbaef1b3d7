using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

public sealed class AlphaSenderCountryTests
{
    private const string Own = "Eigen/DE", Other = "Autre/FR";

    [Theory]
    [InlineData(ToDe, "ACME Eigen", Alpha, Own, Other)]
    [InlineData(ToFr, "ACME Autre", Alpha, Own, Other)]
    [InlineData(ToGb, "ACME", Alpha, Own, Other)]
    [InlineData(ToGb, "", Own, Other)]
    [InlineData(ToGb, "ACME 60777", Alpha, "60777/GB")]
    [InlineData(ToGb, "ACME", Alpha, AShortCode)]
    [InlineData(ToUs, Us, Alpha, Us)]
    [InlineData(ToKr, Us, Alpha, Us)]
    [InlineData(ToPr, Us, Alpha, Us)]
    [InlineData(ToJm, "ACME " + Us, Alpha, Us)]
    public void Alphanumeric_sender_is_for_its_own_country_or_all_that_support_it(
        string to, string kept, params string[] pool) =>
        Assert.Equal(kept, Select(to, pool).Kept("AlphaSenderCountry"));

    [Theory]
    [InlineData(ToDe, "Eigen", Alpha, Own, Other)]
    [InlineData(ToFr, "Autre", Alpha, Own, Other)]
    [InlineData(ToGb, "ACME", Alpha, Own, Other)]
    [InlineData(ToGb, "60777", Alpha, "60777/GB")]
    [InlineData(ToGb, "60777", "British/GB", "60777/GB")]
    public void Short_code_wins_over_the_countrys_own_and_that_over_the_default_sender(
        string to, string chosen, params string[] pool) =>
        Assert.Equal(chosen, Select(to, pool).Chosen());

    [Fact]
    public void Alphanumeric_sender_alone_in_an_unsupported_country_gives_21703() =>
        Assert.Equal(21703, Assert.IsType<SenderChoice.NoSender>(Select(ToUs, Alpha)).Error.Code);

    [Theory]
    [InlineData(ToGb, null)]
    [InlineData(ToFr, null)]
    [InlineData("+919876543210", "30018")]
    [InlineData("+40712345678", "30018")]
    [InlineData("+21620123456", "30018")]
    public void Step_warns_in_countries_with_registration(string to, string? code)
    {
        var step = Select(to, Alpha).Step("AlphaSenderCountry")!;

        Assert.Equal(["ACME"], step.Kept);
        Assert.Equal(code, step.Warning?[..5]);
    }

    [Theory]
    [InlineData("US", AlphaSupport.None)]
    [InlineData("GB", AlphaSupport.Full)]
    [InlineData("IN", AlphaSupport.RegistrationRequired)]
    [InlineData("RO", AlphaSupport.RegistrationOptional)]
    [InlineData("IL", AlphaSupport.RegistrationConditional)]
    [InlineData(null, AlphaSupport.None)]
    public void Support_differs_by_country(string? country, AlphaSupport support) =>
        Assert.Equal(support, AlphaSenderSupport.In(country));

    [Fact]
    public void Alphanumeric_senders_do_not_support_media() =>
        Assert.Equal(Us, Select(To(ToGb, media: true), Alpha, Us).Chosen());
}
