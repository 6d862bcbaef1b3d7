using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Prices;

/// <summary>
/// What messages cost, in US dollars. The prices that it has by itself are of the size of Twilio's, so that an application's sums look
/// right; they are no offer of anybody's. Source of the form: https://www.twilio.com/docs/messaging/api/message-resource (<c>price</c>).
/// </summary>
/// <param name="changes">Prices that replace those below or join them; a country is the two letters of ISO 3166, or empty for all others.</param>
public sealed class PriceList(IReadOnlyDictionary<(Tariff Tariff, string Country), decimal>? changes = null)
{
    /// <summary>The most digits after the point.</summary>
    public const int Decimals = 5;

    /// <summary>The highest price that can be set.</summary>
    public const decimal Highest = 100;

    /// <summary>Stands for every country that has no price of its own.</summary>
    public const string OtherCountries = "";

    private static readonly Dictionary<(Tariff, string), decimal> Usual = new()
    {
        [(Tariff.Sms, "US")] = 0.0083m, [(Tariff.Sms, "CA")] = 0.0083m, [(Tariff.Sms, "GB")] = 0.0524m, [(Tariff.Sms, "DE")] = 0.1122m,
        [(Tariff.Sms, "FR")] = 0.0798m, [(Tariff.Sms, "AU")] = 0.0515m, [(Tariff.Sms, "IN")] = 0.0832m, [(Tariff.Sms, "BR")] = 0.0638m,
        [(Tariff.Sms, "MX")] = 0.0672m, [(Tariff.Sms, "")] = 0.1m,
        [(Tariff.Mms, "US")] = 0.022m, [(Tariff.Mms, "CA")] = 0.022m, [(Tariff.Mms, "")] = 0.1m,
        [(Tariff.Rcs, "US")] = 0.0083m, [(Tariff.Rcs, "GB")] = 0.0524m, [(Tariff.Rcs, "DE")] = 0.1122m, [(Tariff.Rcs, "")] = 0.1m,
        [(Tariff.WhatsApp, "")] = 0.005m,
        [(Tariff.InboundSms, "US")] = 0.0083m, [(Tariff.InboundSms, "CA")] = 0.0083m, [(Tariff.InboundSms, "")] = 0.0075m,
        [(Tariff.InboundMms, "US")] = 0.0165m, [(Tariff.InboundMms, "CA")] = 0.0165m, [(Tariff.InboundMms, "")] = 0.0165m,
    };

    private readonly Dictionary<(Tariff, string), decimal> prices = With(changes);

    /// <summary>The price of one of the units that the message is charged by, of which <see cref="Message.NumSegments"/> are charged.</summary>
    public decimal Of(Message message) => message.Direction == MessageDirection.Inbound
        ? Of(InboundTariffOf(message), SenderAddress.Parse(message.To)?.Number is { } number ? number.IsTollFree ? "US" : number.Country : null)
        : Of(TariffOf(message), RecipientAddress.Parse(message.To).Address?.Country);

    /// <summary>The price of one unit to a country; null is no country in particular.</summary>
    public decimal Of(Tariff tariff, string? country) =>
        country is not null && prices.TryGetValue((tariff, country), out var price) ? price : prices[(tariff, OtherCountries)];

    /// <summary>What a message that has its sender is charged as.</summary>
    private static Tariff TariffOf(Message message) => (ChannelAddress.TryParse(message.From, out var sender) ? sender.Channel : Channel.Sms) switch
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

    private static Dictionary<(Tariff, string), decimal> With(IReadOnlyDictionary<(Tariff Tariff, string Country), decimal>? changes)
    {
        var all = new Dictionary<(Tariff, string), decimal>(Usual);
        foreach (var (key, price) in changes ?? new Dictionary<(Tariff, string), decimal>()) all[key] = price;
        return all;
    }
}
