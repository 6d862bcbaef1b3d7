using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Inbound;

/// <summary>The place of a phone number or short code, in the webhook of an inbound SMS or MMS.</summary>
internal static class NumberPlace
{
    /// <summary>
    /// The four parameters of an address, empty where the place is not known. ZIP codes are never known. Outside of
    /// North America only the country is. An alphanumeric sender has no place, and none of the parameters.
    /// </summary>
    /// <param name="name"><c>From</c> or <c>To</c>.</param>
    /// <param name="receiverCountry">
    /// The receiving sender's country; null for a toll-free number. A short code works in one country, so it is that of
    /// a short code that sends, too.
    /// </param>
    public static IEnumerable<KeyValuePair<string, string>> Of(string name, string address, string? receiverCountry)
    {
        if (SenderAddress.Parse(address) is not { Type: not SenderType.Alphanumeric } sender) return [];
        var (city, state) = sender.Number?.Place ?? default;
        var country = sender.Type switch
        {
            SenderType.TollFree => "US",
            SenderType.ShortCode => receiverCountry ?? "US",
            _ => sender.Number?.Country,
        };
        return
        [
            new($"{name}City", city ?? ""), new($"{name}State", state ?? ""), new($"{name}Zip", ""),
            new($"{name}Country", country ?? ""),
        ];
    }
}
