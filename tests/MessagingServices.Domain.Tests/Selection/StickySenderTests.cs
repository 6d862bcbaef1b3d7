using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

public sealed class StickySenderTests
{
    [Theory]
    [InlineData(ToUs, Us212, Us, Us212, AShortCode)]
    [InlineData(ToUs, Ca, Us, Ca)]
    [InlineData(ToGb, Us, Us, Gb, Alpha)]
    [InlineData(ToCa, Us, Us, Ca, TollFree)]
    [InlineData(ToUs, TollFree, Us, TollFree)]
    [InlineData(ToDe, Alpha, Alpha, "Eigen/DE")]
    [InlineData(ToGb, Alpha, Alpha, "60777/GB")]
    public void Sticky_sender_wins_over_type_country_and_area_code(string to, string sticky, params string[] pool)
    {
        var choice = SelectSticky(To(to), sticky, pool);

        Assert.Equal(sticky, choice.Chosen());
        Assert.Equal(sticky, choice.Kept("StickySender"));
    }

    [Theory]
    [InlineData(ToGb, AShortCode, Gb, AShortCode, Gb)]
    [InlineData(ToUs, Alpha, Us, Alpha, Us)]
    [InlineData(ToGb, TollFree, Us, TollFree, Us)]
    [InlineData(ToUs, Gb, Us, Gb, Us)]
    public void Sticky_sender_that_does_not_fit_the_recipient_is_not_used(
        string to, string sticky, string chosen, params string[] pool)
    {
        var choice = SelectSticky(To(to), sticky, pool);

        Assert.Equal(chosen, choice.Chosen());
        Assert.NotNull(choice.RemovedBy(Of(pool).Senders.Single(sender => sender.Address == sticky.Split('/')[0]).Sid));
    }

    [Fact]
    public void RCS_wins_over_the_sticky_sender() => Assert.Equal(Rcs, SelectSticky(To(ToUs), Us, [Us, Rcs]).Chosen());

    [Fact]
    public void Sticky_sender_is_used_if_RCS_does_not_reach_the_handset() =>
        Assert.Equal(Us, SelectSticky(To(ToUs) with { WithoutRcsFrom = new HashSet<string> { Rcs } }, Us,
            [AShortCode, Us, Rcs]).Chosen());

    [Fact]
    public void Sticky_sender_without_media_support_is_not_used_for_media() =>
        Assert.Equal(Us, SelectSticky(To(ToGb, media: true), Gb, [Gb, Us]).Chosen());

    [Fact]
    public void Rule_does_not_apply_without_a_sticky_sender() => Assert.Null(Select(ToUs, Us).Kept("StickySender"));

    private static SenderChoice SelectSticky(SelectionRequest request, string sticky, string[] pool)
    {
        var senders = Of(pool);
        return SenderSelector.Select(
            request with { StickySender = senders.Senders.Single(sender => sender.Address == sticky.Split('/')[0])
                .Sid }, senders);
    }
}
