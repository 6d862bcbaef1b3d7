namespace MessagingServices.Domain.Tests.Prices;

public sealed class PriceListTests
{
    [Fact]
    public void Every_tariff_has_a_price_for_every_country()
    {
        foreach (var tariff in Enum.GetValues<Tariff>())
            foreach (var country in new[] { "US", "ZW", null }) Assert.True(new PriceList().Of(tariff, country) > 0);
    }

    [Fact]
    public void Changed_prices_replace_or_extend_the_defaults()
    {
        var usual = new PriceList();
        var changed = new PriceList(new Dictionary<(Tariff, string), decimal>
        {
            [(Tariff.Sms, "US")] = 1, [(Tariff.Sms, "ZW")] = 2, [(Tariff.Sms, PriceList.OtherCountries)] = 0,
        });

        Assert.Equal((1, 2, 0, 0),
            (Sms("US"), Sms("ZW"), Sms("AQ"), Sms(null)));
        Assert.Equal((usual.Of(Tariff.Sms, "GB"), usual.Of(Tariff.Mms, "US")),
            (changed.Of(Tariff.Sms, "GB"), changed.Of(Tariff.Mms, "US")));

        decimal Sms(string? country) => changed.Of(Tariff.Sms, country);
    }
}
