using System.Globalization;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>The prices of messages. A key has two parts that vary, so this section is read by hand.</summary>
[Section("Prices", "What messages cost. `Prices:Sms:US` is the price of a segment to the US. A price that was charged "
    + "does not change later.", See = "messages.md#price", AllowsOtherKeys = true)]
internal sealed class PriceOptions
{
    private const string Default = "Default";

    /// <summary>The built-in prices, with those of the section.</summary>
    [Setting("The price in US dollars, by kind and country. The kind is `Sms`, `Rcs` or `InboundSms` (a price for each "
        + "segment), or `Mms`, `InboundMms` or `WhatsApp` (a price for each message). The country is the recipient's, "
        + "for inbound messages that of the number that receives them: two letters of ISO 3166, or `Default` for all "
        + "countries without a price of their own. A price replaces the built-in one or is new.",
        Default = "prices of the size of Twilio's: [PriceList.cs](../src/MessagingServices.Domain/Prices/PriceList.cs)",
        Values = "0 to 100, at most five digits after the point")]
    [ConfigurationKeyName("{kind}:{country}")]
    internal PriceList List { get; private set; } = new();

    /// <summary>Reads the section.</summary>
    /// <exception cref="StartupException">A kind, a country or a price is unknown.</exception>
    internal void Read(IConfiguration configuration)
    {
        var changes = new Dictionary<(Tariff, string), decimal>();
        foreach (var tariff in configuration.GetSection("Prices").GetChildren())
        {
            if (!Enum.TryParse<Tariff>(tariff.Key, ignoreCase: true, out var charged) || !Enum.IsDefined(charged)
                || !string.IsNullOrEmpty(tariff.Value))
            {
                throw new StartupException($"{tariff.Path} is no kind of message: prices are set as Prices:Sms:US, "
                    + "with Sms, Mms, Rcs, WhatsApp, InboundSms or InboundMms.");
            }

            foreach (var price in tariff.GetChildren()) changes[(charged, Country(price))] = Amount(price);
        }

        List = new(changes);
    }

    private static string Country(IConfigurationSection price) =>
        price.Key.Equals(Default, StringComparison.OrdinalIgnoreCase) ? PriceList.OtherCountries
        : CountryCode.TryParse(price.Key, out var country) ? country
        : throw new StartupException(
            $"{price.Path}: {price.Key} is no country. Use the two letters of ISO 3166, or {Default} for all others.");

    private static decimal Amount(IConfigurationSection price) =>
        decimal.TryParse(price.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        && amount <= PriceList.MaxPrice && amount == decimal.Round(amount, PriceList.Decimals)
            ? amount
            : throw new StartupException($"{price.Path} is '{price.Value}': set it to US dollars from 0 to "
                + $"{PriceList.MaxPrice}, with at most {PriceList.Decimals} digits after the point.");
}
