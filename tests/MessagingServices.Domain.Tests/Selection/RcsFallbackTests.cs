using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

/// <summary>RCS first; where the handset has none, the same message as SMS or MMS.</summary>
public sealed class RcsFallbackTests
{
    private static readonly HashSet<string> NoRcs = [Rcs];

    [Theory]
    [InlineData(Us, Rcs, Us)]
    [InlineData("12345", Rcs, Us, AShortCode)]
    [InlineData(null, Rcs)]
    public void Without_RCS_the_usual_rules_choose_among_the_others(string? chosen, params string[] pool) =>
        Assert.Equal(chosen, Select(To(ToUs) with { WithoutRcsFrom = NoRcs }, pool).Chosen());

    [Fact]
    public void With_RCS_the_fallback_is_not_used()
    {
        Assert.Equal(Rcs, Select(ToUs, Rcs, Us, AShortCode).Chosen());
        Assert.Equal(Rcs, Select(To(ToUs) with { FallbackFrom = Sender(Us212, 9) }, Rcs, Us).Chosen());
    }

    [Fact]
    public void Another_RCS_sender_that_reaches_the_handset_comes_before_SMS() =>
        Assert.Equal("rcs:other", Select(To(ToUs) with { WithoutRcsFrom = NoRcs }, Rcs, "rcs:other", Us).Chosen());

    [Theory]
    [InlineData(Us212, Rcs, Us, AShortCode)]
    [InlineData(Us212, Rcs)]
    [InlineData("ACME", Rcs, Us)]
    public void FallbackFrom_is_used_whether_or_not_it_is_in_the_pool(string fallback, params string[] pool)
    {
        var to = fallback == "ACME" ? ToGb : ToUs;

        var choice = Select(To(to) with { WithoutRcsFrom = NoRcs, FallbackFrom = Sender(fallback, 9) }, pool);

        Assert.Equal(fallback, choice.Chosen());
        Assert.Equal($"{Rcs} {fallback}", choice.Kept("FallbackFrom"));
    }

    [Fact]
    public void A_FallbackFrom_that_is_in_the_pool_is_one_sender_not_two()
    {
        var pool = Of(Rcs, Us, Us212);

        var choice = SenderSelector.Select(To(ToUs) with { WithoutRcsFrom = NoRcs, FallbackFrom = pool.Senders[2] }, pool);

        Assert.Equal((Us212, 2, 1), (choice.Chosen(), choice.Step("FallbackFrom")!.KeptCount, choice.Step("FallbackFrom")!.RemovedCount));
    }

    [Fact]
    public void A_FallbackFrom_that_cannot_reach_the_recipient_is_not_replaced() =>
        Assert.IsType<SenderChoice.NoSender>(Select(To(ToUs) with { WithoutRcsFrom = NoRcs, FallbackFrom = Sender(Gb, 9) }, Rcs, Us));

    [Fact]
    public void A_recipient_written_with_rcs_has_no_fallback_so_the_carrier_decides() =>
        Assert.Equal(Rcs, Select(To("rcs:" + ToUs) with { WithoutRcsFrom = NoRcs }, Rcs, Us).Chosen());
}
