using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

/// <summary>RCS is preferred. A handset without RCS gets the message as SMS or MMS.</summary>
public sealed class RcsFallbackTests
{
    private static readonly HashSet<string> NoRcs = [Rcs];

    [Theory]
    [InlineData(Us, Rcs, Us)]
    [InlineData("12345", Rcs, Us, AShortCode)]
    [InlineData(null, Rcs)]
    public void Handset_without_RCS_gets_a_sender_by_the_other_rules(string? chosen, params string[] pool) =>
        Assert.Equal(chosen, Select(To(ToUs) with { WithoutRcsFrom = NoRcs }, pool).Chosen());

    [Fact]
    public void Handset_with_RCS_gets_no_fallback()
    {
        Assert.Equal(Rcs, Select(ToUs, Rcs, Us, AShortCode).Chosen());
        Assert.Equal(Rcs, Select(To(ToUs) with { FallbackFrom = Sender(Us212, 9) }, Rcs, Us).Chosen());
    }

    [Fact]
    public void RCS_sender_that_reaches_the_handset_wins_over_SMS() =>
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
    public void FallbackFrom_in_the_pool_is_counted_once()
    {
        var pool = Of(Rcs, Us, Us212);

        var choice = SenderSelector.Select(To(ToUs) with { WithoutRcsFrom = NoRcs, FallbackFrom = pool.Senders[2] },
            pool);

        Assert.Equal((Us212, 2, 1),
            (choice.Chosen(), choice.Step("FallbackFrom")!.KeptCount, choice.Step("FallbackFrom")!.RemovedCount));
    }

    [Fact]
    public void FallbackFrom_that_cannot_reach_the_recipient_is_not_replaced() =>
        Assert.IsType<SenderChoice.NoSender>(Select(To(ToUs) with { WithoutRcsFrom = NoRcs,
            FallbackFrom = Sender(Gb, 9) }, Rcs, Us));

    [Fact]
    public void Recipient_with_rcs_prefix_has_no_fallback() =>
        Assert.Equal(Rcs, Select(To("rcs:" + ToUs) with { WithoutRcsFrom = NoRcs }, Rcs, Us).Chosen());
}
