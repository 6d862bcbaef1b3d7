namespace MessagingServices.Domain.Tests.Prices;

public sealed class PriceListTests
{
    [Fact]
    public void Every_kind_of_message_has_a_price_to_every_country()
    {
        foreach (var tariff in Enum.GetValues<Tariff>())
            foreach (var country in new[] { "US", "ZW", null }) Assert.True(new PriceList().Of(tariff, country) > 0);
    }

    [Fact]
    public void A_change_replaces_or_joins_and_leaves_the_others()
    {
        var usual = new PriceList();
        var changed = new PriceList(new Dictionary<(Tariff, string), decimal> { [(Tariff.Sms, "US")] = 1, [(Tariff.Sms, "ZW")] = 2, [(Tariff.Sms, PriceList.OtherCountries)] = 0 });

        Assert.Equal((1, 2, 0, 0), (changed.Of(Tariff.Sms, "US"), changed.Of(Tariff.Sms, "ZW"), changed.Of(Tariff.Sms, "AQ"), changed.Of(Tariff.Sms, null)));
        Assert.Equal((usual.Of(Tariff.Sms, "GB"), usual.Of(Tariff.Mms, "US")), (changed.Of(Tariff.Sms, "GB"), changed.Of(Tariff.Mms, "US")));
    }
}
