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
    public void It_is_for_its_own_country_or_all_that_support_it(string to, string kept, params string[] pool) =>
        Assert.Equal(kept, Select(to, pool).Kept("AlphaSenderCountry"));

    [Theory]
    [InlineData(ToDe, "Eigen", Alpha, Own, Other)]
    [InlineData(ToFr, "Autre", Alpha, Own, Other)]
    [InlineData(ToGb, "ACME", Alpha, Own, Other)]
    [InlineData(ToGb, "60777", Alpha, "60777/GB")]
    [InlineData(ToGb, "60777", "British/GB", "60777/GB")]
    public void The_countrys_own_comes_before_the_default_and_a_short_code_of_the_country_before_both(string to, string chosen, params string[] pool) =>
        Assert.Equal(chosen, Select(to, pool).Chosen());

    [Fact]
    public void A_lone_alphanumeric_sender_where_none_is_taken_is_21703() =>
        Assert.Equal(21703, Assert.IsType<SenderChoice.NoSender>(Select(ToUs, Alpha)).Error.Code);

    [Theory]
    [InlineData(ToGb, null)]
    [InlineData(ToFr, null)]
    [InlineData("+919876543210", "30018")]
    [InlineData("+40712345678", "30018")]
    [InlineData("+21620123456", "30018")]
    public void Where_registration_counts_the_step_warns(string to, string? code)
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
    public void Countries_differ_in_what_they_take(string? country, AlphaSupport support) => Assert.Equal(support, AlphaSenderSupport.In(country));

    [Fact]
    public void Media_are_not_for_alphanumeric_senders() => Assert.Equal(Us, Select(To(ToGb, media: true), Alpha, Us).Chosen());
}
