using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Prices;

/// <summary>
/// The prices of messages, in US dollars. The default prices are close to Twilio's, so that the sums of an application
/// look realistic. Format: https://www.twilio.com/docs/messaging/api/message-resource (<c>price</c>).
/// </summary>
/// <param name="changes">
/// Prices that replace the defaults or add to them. A country is an ISO 3166 code, or <see cref="OtherCountries"/>.
/// </param>
public sealed class PriceList(IReadOnlyDictionary<(Tariff Tariff, string Country), decimal>? changes = null)
{
    /// <summary>The maximum number of decimals.</summary>
    public const int Decimals = 5;

    /// <summary>The maximum price that can be set.</summary>
    public const decimal MaxPrice = 100;

    /// <summary>The key of all countries without their own price.</summary>
    public const string OtherCountries = "";

    private static readonly Dictionary<(Tariff, string), decimal> Defaults = new()
    {
        [(Tariff.Sms, "US")] = 0.0083m, [(Tariff.Sms, "CA")] = 0.0083m, [(Tariff.Sms, "GB")] = 0.0524m,
        [(Tariff.Sms, "DE")] = 0.1122m, [(Tariff.Sms, "FR")] = 0.0798m, [(Tariff.Sms, "AU")] = 0.0515m,
        [(Tariff.Sms, "IN")] = 0.0832m, [(Tariff.Sms, "BR")] = 0.0638m, [(Tariff.Sms, "MX")] = 0.0672m,
        [(Tariff.Sms, "")] = 0.1m,
        [(Tariff.Mms, "US")] = 0.022m, [(Tariff.Mms, "CA")] = 0.022m, [(Tariff.Mms, "")] = 0.1m,
        [(Tariff.Rcs, "US")] = 0.0083m, [(Tariff.Rcs, "GB")] = 0.0524m, [(Tariff.Rcs, "DE")] = 0.1122m,
        [(Tariff.Rcs, "")] = 0.1m,
        [(Tariff.WhatsApp, "")] = 0.005m,
        [(Tariff.InboundSms, "US")] = 0.0083m, [(Tariff.InboundSms, "CA")] = 0.0083m,
        [(Tariff.InboundSms, "")] = 0.0075m,
        [(Tariff.InboundMms, "US")] = 0.0165m, [(Tariff.InboundMms, "CA")] = 0.0165m,
        [(Tariff.InboundMms, "")] = 0.0165m,
    };

    private readonly Dictionary<(Tariff, string), decimal> prices = With(changes);

    /// <summary>The price of one segment of the message, or of a whole MMS.</summary>
    public decimal Of(Message message) => message.Direction == MessageDirection.Inbound
        ? Of(InboundTariffOf(message), CountryOf(SenderAddress.Parse(message.To)?.Number))
        : Of(TariffOf(message), RecipientAddress.Parse(message.To).Address?.Country);

    /// <summary>The price of one unit to a country; null uses the price of <see cref="OtherCountries"/>.</summary>
    public decimal Of(Tariff tariff, string? country) =>
        country is not null && prices.TryGetValue((tariff, country), out var price)
            ? price
            : prices[(tariff, OtherCountries)];

    private static string? CountryOf(PhoneNumberValue? receiver) =>
        receiver is { IsTollFree: true } ? "US" : receiver?.Country;

    private static Tariff TariffOf(Message message) =>
        (ChannelAddress.TryParse(message.From, out var sender) ? sender.Channel : Channel.Sms) switch
    {
        Channel.WhatsApp => Tariff.WhatsApp,
        Channel.Rcs => Tariff.Rcs,
        Channel.Sms when message.GoesAsMms => Tariff.Mms,
        Channel.Sms => Tariff.Sms,
    };

    private static Tariff InboundTariffOf(Message message) =>
        message.To.StartsWith("whatsapp:", StringComparison.Ordinal) ? Tariff.WhatsApp
        : message.MediaUrls.Count > 0 ? Tariff.InboundMms
        : Tariff.InboundSms;

    private static Dictionary<(Tariff, string), decimal> With(
        IReadOnlyDictionary<(Tariff Tariff, string Country), decimal>? changes)
    {
        var all = new Dictionary<(Tariff, string), decimal>(Defaults);
        foreach (var (key, price) in changes ?? new Dictionary<(Tariff, string), decimal>()) all[key] = price;
        return all;
    }
}
