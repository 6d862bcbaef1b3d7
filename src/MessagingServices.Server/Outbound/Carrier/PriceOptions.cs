using System.Globalization;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>What messages cost: the section <c>Prices</c>, such as <c>Prices:Sms:US</c>; <c>Default</c> stands for all other countries.</summary>
internal static class PriceOptions
{
    private const string Default = "Default";

    /// <summary>Reads the section: what stands there replaces or joins the built-in prices.</summary>
    /// <exception cref="StartupException">A tariff, a country or a price is none.</exception>
    public static PriceList Read(IConfiguration configuration)
    {
        var changes = new Dictionary<(Tariff, string), decimal>();
        foreach (var tariff in configuration.GetSection("Prices").GetChildren())
        {
            if (!Enum.TryParse<Tariff>(tariff.Key, ignoreCase: true, out var charged) || !Enum.IsDefined(charged) || !string.IsNullOrEmpty(tariff.Value))
                throw new StartupException($"{tariff.Path} is no kind of message: prices are set as Prices:Sms:US, with Sms, Mms, Rcs, WhatsApp, InboundSms or InboundMms.");
            foreach (var price in tariff.GetChildren()) changes[(charged, Country(price))] = Amount(price);
        }

        return new(changes);
    }

    private static string Country(IConfigurationSection price) =>
        price.Key.Equals(Default, StringComparison.OrdinalIgnoreCase) ? PriceList.OtherCountries
        : CountryCode.TryParse(price.Key, out var country) ? country
        : throw new StartupException($"{price.Path}: {price.Key} is no country. Use the two letters of ISO 3166, or {Default} for all others.");

    private static decimal Amount(IConfigurationSection price) =>
        decimal.TryParse(price.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        && amount <= PriceList.MaxPrice && amount == decimal.Round(amount, PriceList.Decimals)
            ? amount
            : throw new StartupException(
                $"{price.Path} is '{price.Value}': set it to US dollars from 0 to {PriceList.MaxPrice}, with at most {PriceList.Decimals} digits after the point.");
}
