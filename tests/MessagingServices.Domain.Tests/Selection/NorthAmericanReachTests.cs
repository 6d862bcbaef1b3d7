using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

/// <summary>+1 is the US, Canada and the Caribbean; toll-free has no geography.</summary>
public sealed class NorthAmericanReachTests
{
    [Theory]
    [InlineData(ToUs, Us + " " + Ca + " " + TollFree)]
    [InlineData(ToCa, Us + " " + Ca + " " + TollFree)]
    [InlineData(ToTollFree, Us + " " + Ca + " " + TollFree)]
    [InlineData(ToJm, Us + " " + Ca + " " + Jm + " " + Pr + " " + Gb)]
    [InlineData(ToPr, Us + " " + Ca + " " + Jm + " " + Pr + " " + Gb)]
    [InlineData(ToFr, Us + " " + Ca + " " + Jm + " " + Pr + " " + Gb)]
    public void Numbers_reach_the_US_and_Canada_from_there_and_toll_free_reaches_nobody_else(string to, string kept) =>
        Assert.Equal(kept, Select(to, Us, Ca, Jm, Pr, Gb, TollFree).Kept("NorthAmericanReach"));

    [Theory]
    [InlineData(ToUs, Gb, De)]
    [InlineData(ToCa, Gb)]
    [InlineData(ToUs, Jm, Pr)]
    [InlineData(ToGb, TollFree)]
    [InlineData(ToJm, TollFree)]
    public void A_pool_without_a_number_that_reaches_is_21703(string to, params string[] pool) =>
        Assert.Equal(21703, Assert.IsType<Domain.Selection.SenderChoice.NoSender>(Select(to, pool)).Error.Code);
}
