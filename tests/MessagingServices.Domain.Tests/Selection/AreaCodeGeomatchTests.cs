using static MessagingServices.Domain.Tests.Selection.Pools;

namespace MessagingServices.Domain.Tests.Selection;

public sealed class AreaCodeGeomatchTests
{
    private const string N212 =
        "+12125550001", N718 = "+17185550001", N917 = "+19175550001", N646 = "+16465550001", N415 = "+14155550001",
        N416 = "+14165550001", N647 = "+16475550001", N902 = "+19025550001";

    [Theory]
    [InlineData("+12125550123", N212, N212, N646, N415)]
    [InlineData("+12125550123", N646, N646, N718, N415)]
    [InlineData("+12125550123", N917, N718, N917)]
    [InlineData("+17185550123", N917, N212, N917)]
    [InlineData("+17185550123", N212 + " " + N415, N212, N415)]
    [InlineData("+19175550123", N212 + " " + N718, N212, N718, N415)]
    [InlineData("+14165550123", N647, N647, N902)]
    [InlineData("+14165550123", N902, N902, N212)]
    [InlineData("+14165550123", N212 + " " + N415, N212, N415)]
    [InlineData("+12125550123", N415 + " " + TollFree, N415, TollFree)]
    [InlineData("+12125550123", N902, N902, Gb)]
    public void Same_area_code_wins_then_an_overlay_then_any(string to, string kept, params string[] pool) =>
        Assert.Equal(kept, Select(to, pool).Kept("AreaCodeGeomatch"));

    [Theory]
    [InlineData("+18005550123")]
    [InlineData(ToJm)]
    [InlineData(ToPr)]
    [InlineData(ToGb)]
    public void Rule_applies_to_geographic_numbers_of_the_US_and_Canada(string to) =>
        Assert.Null(Select(to, N212, N415).Kept("AreaCodeGeomatch"));

    [Fact]
    public void Rule_applies_only_if_it_is_on() =>
        Assert.Null(Select(To("+12125550123") with { AreaCodeGeomatch = false }, N212, N415).Kept("AreaCodeGeomatch"));

    [Fact]
    public void Toll_free_in_Canada_wins_over_the_area_code() =>
        Assert.Equal(TollFree, Select("+14165550123", N416, TollFree).Chosen());

    [Fact]
    public void Area_code_in_the_US_wins_over_toll_free() =>
        Assert.Equal(N212, Select("+12125550123", TollFree, N212).Chosen());

    [Fact]
    public void Overlays_are_symmetric_but_not_transitive()
    {
        Assert.Equal(["347", "465", "718", "929"], AreaCodeOverlays.Of("917").Except(["212", "332", "646"]).Order());
        Assert.Equal(["332", "646", "917"], AreaCodeOverlays.Of("212").Order());
        Assert.Equal(["205"], AreaCodeOverlays.Of("659"));
        Assert.Empty(AreaCodeOverlays.Of("999"));
        for (var code = 200; code < 1000; code++)
            Assert.All(AreaCodeOverlays.Of($"{code}"),
                other => Assert.Contains($"{code}", AreaCodeOverlays.Of(other).AsEnumerable()));
    }
}
