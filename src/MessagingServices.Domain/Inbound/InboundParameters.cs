using System.Globalization;
using MessagingServices.Domain.Messages;

namespace MessagingServices.Domain.Inbound;

/// <summary>
/// The parameters of the webhook of an inbound message. Source:
/// https://www.twilio.com/docs/messaging/guides/webhook-request, and published requests for their order.
/// </summary>
public static class InboundParameters
{
    /// <summary>The effect of a keyword: <c>STOP</c>, <c>START</c> or <c>HELP</c>.</summary>
    public const string OptOutType = "OptOutType";

    /// <summary>The error code, in the request to a fallback URL.</summary>
    public const string ErrorCode = "ErrorCode";

    /// <summary>The URL that failed, in the request to a fallback URL.</summary>
    public const string ErrorUrl = "ErrorUrl";

    /// <summary>The order of the parameters. Those that only some messages have come first.</summary>
    private static readonly string[] Order =
    [
        "ToCountry", "ToState", "SmsMessageSid", "NumMedia", "ToCity", "FromZip", "ProfileName", "MessageType",
        "SmsSid", "FromState", "WaId", "SmsStatus", "FromCity", "Body", "FromCountry", "To", "MessagingServiceSid",
        "ToZip", "NumSegments", "ReferralNumMedia", "MessageSid", "AccountSid", "ChannelMetadata", "From",
    ];

    /// <summary>The addresses of handset and sender in the parameters of a webhook.</summary>
    public static (string Handset, string Sender) AddressesOf(IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        (Value(parameters, "From")!, Value(parameters, "To")!);

    /// <summary>The Messaging Service in the parameters of a webhook; null if there is none.</summary>
    public static Sid? ServiceOf(IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        Sid.TryParse(Value(parameters, "MessagingServiceSid"), null, out var service) ? service : null;

    /// <summary>All parameters of a message's webhook.</summary>
    /// <param name="media">The stored media in order: the URL for the application, and the content type.</param>
    /// <param name="receiverCountry">
    /// The ISO 3166 code of the receiving sender's country; null if it is not known, or for a toll-free number.
    /// </param>
    /// <param name="more">Further parameters. They win over those that the channel gives.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(
        Message message, IReadOnlyList<(string Url, string ContentType)> media, string? receiverCountry,
        IReadOnlyList<KeyValuePair<string, string>> more)
    {
        var isSms = !message.To.Contains(':', StringComparison.Ordinal);
        List<KeyValuePair<string, string>> parameters =
        [
            .. more,
            new("MessageSid", message.Sid.Value), new("SmsSid", message.Sid.Value),
            new("SmsMessageSid", message.Sid.Value), new("SmsStatus", "received"),
            new("AccountSid", message.AccountSid.Value),
            new("From", message.From!), new("To", message.To), new("Body", message.Body),
            new("NumMedia", Text(media.Count)),
            // An item that could not be fetched does not count.
            new("NumSegments", Text(isSms && media.Count > 0 ? media.Count : message.NumSegments)),
        ];
        if (message.MessagingServiceSid is { } service) parameters.Add(new("MessagingServiceSid", service.Value));
        if (isSms)
        {
            parameters.AddRange(NumberPlace.Of("From", message.From!, receiverCountry));
            parameters.AddRange(NumberPlace.Of("To", message.To, receiverCountry));
        }
        else if (message.To.StartsWith("whatsapp:", StringComparison.Ordinal))
        {
            var typeOfFirst = media is [var first, ..] ? first.ContentType : null;
            parameters.AddRange(WhatsAppParameters.Of(message.From!, typeOfFirst, more));
        }

        return
        [
            .. media.Select((item, i) => KeyValuePair.Create($"MediaContentType{Text(i)}", item.ContentType)),
            .. parameters.OrderBy(parameter => Array.IndexOf(Order, parameter.Key)),
            .. media.Select((item, i) => KeyValuePair.Create($"MediaUrl{Text(i)}", item.Url)),
            new("ApiVersion", "2010-04-01"),
        ];
    }

    private static string? Value(IReadOnlyList<KeyValuePair<string, string>> parameters, string name) =>
        parameters.FirstOrDefault(parameter => parameter.Key == name).Value;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
