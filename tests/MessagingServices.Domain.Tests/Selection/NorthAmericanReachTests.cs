using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

/// <summary>+1 includes the US, Canada and the Caribbean. Toll-free numbers have no country.</summary>
public sealed class NorthAmericanReachTests
{
    [Theory]
    [InlineData(ToUs, Us + " " + Ca + " " + TollFree)]
    [InlineData(ToCa, Us + " " + Ca + " " + TollFree)]
    [InlineData(ToTollFree, Us + " " + Ca + " " + TollFree)]
    [InlineData(ToJm, Us + " " + Ca + " " + Jm + " " + Pr + " " + Gb)]
    [InlineData(ToPr, Us + " " + Ca + " " + Jm + " " + Pr + " " + Gb)]
    [InlineData(ToFr, Us + " " + Ca + " " + Jm + " " + Pr + " " + Gb)]
    public void US_and_Canada_need_their_own_numbers_and_toll_free_reaches_only_them(string to, string kept) =>
        Assert.Equal(kept, Select(to, Us, Ca, Jm, Pr, Gb, TollFree).Kept("NorthAmericanReach"));

    [Theory]
    [InlineData(ToUs, Gb, De)]
    [InlineData(ToCa, Gb)]
    [InlineData(ToUs, Jm, Pr)]
    [InlineData(ToGb, TollFree)]
    [InlineData(ToJm, TollFree)]
    public void Pool_without_a_number_that_reaches_the_country_gives_21703(string to, params string[] pool) =>
        Assert.Equal(21703, Assert.IsType<Domain.Selection.SenderChoice.NoSender>(Select(to, pool)).Error.Code);
}
