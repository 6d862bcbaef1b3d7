using System.Globalization;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Inbound;

/// <summary>
/// The parameters of the webhook of an inbound message. Source:
/// https://www.twilio.com/docs/messaging/guides/webhook-request.
/// </summary>
public static class InboundParameters
{
    /// <summary>Parameters that only some channels have. The emulator API sets them.</summary>
    public static readonly IReadOnlyList<string> OfChannels =
    [
        "ButtonPayload", "ButtonText", "ButtonType", "InteractiveData", "FlowData", "ChannelMetadata", "Latitude",
        "Longitude", "Address", "Label",
        "ProfileName", "Forwarded", "FrequentlyForwarded", "ReferralBody", "ReferralHeadline", "ReferralSourceId",
        "ReferralSourceType",
        "ReferralSourceUrl", "ReferralMediaId", "ReferralMediaContentType", "ReferralMediaUrl", "ReferralNumMedia",
        "ReferralCtwaClid",
        "OriginalRepliedMessageSender", "OriginalRepliedMessageSid",
    ];

    /// <summary>The effect of a keyword: <c>STOP</c>, <c>START</c> or <c>HELP</c>.</summary>
    public const string OptOutType = "OptOutType";

    /// <summary>The error code, in the request to a fallback URL.</summary>
    public const string ErrorCode = "ErrorCode";

    /// <summary>The URL that failed, in the request to a fallback URL.</summary>
    public const string ErrorUrl = "ErrorUrl";

    /// <summary>The addresses of handset and sender in the parameters of a webhook.</summary>
    public static (string Handset, string Sender) AddressesOf(IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        (Value(parameters, "From")!, Value(parameters, "To")!);

    /// <summary>The Messaging Service in the parameters of a webhook; null if there is none.</summary>
    public static Sid? ServiceOf(IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        Sid.TryParse(Value(parameters, "MessagingServiceSid"), null, out var service) ? service : null;

    /// <summary>All parameters of a message's webhook.</summary>
    /// <param name="media">The stored media in order: the URL for the application, and the content type.</param>
    /// <param name="more">Further parameters.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(
        Message message, IReadOnlyList<(string Url, string ContentType)> media,
        IEnumerable<KeyValuePair<string, string>> more)
    {
        List<KeyValuePair<string, string>> parameters =
        [
            new("MessageSid", message.Sid.Value), new("SmsSid", message.Sid.Value),
            new("SmsMessageSid", message.Sid.Value),
            new("SmsStatus", "received"), new("AccountSid", message.AccountSid.Value),
        ];
        if (message.MessagingServiceSid is { } service) parameters.Add(new("MessagingServiceSid", service.Value));
        parameters.Add(new("From", message.From!));
        parameters.Add(new("To", message.To));
        parameters.Add(new("Body", message.Body));
        parameters.Add(new("NumMedia", Text(media.Count)));
        parameters.Add(new("NumSegments", Text(message.NumSegments)));
        for (var i = 0; i < media.Count; i++)
        {
            parameters.Add(new($"MediaUrl{Text(i)}", media[i].Url));
            parameters.Add(new($"MediaContentType{Text(i)}", media[i].ContentType));
        }

        AddChannel(message.From!, parameters);
        AddPlace("From", message.From!, parameters);
        AddPlace("To", message.To, parameters);
        parameters.AddRange(more);
        parameters.Add(new("ApiVersion", "2010-04-01"));
        return parameters;
    }

    private static string? Value(IReadOnlyList<KeyValuePair<string, string>> parameters, string name) =>
        parameters.FirstOrDefault(parameter => parameter.Key == name).Value;

    private static void AddChannel(string from, List<KeyValuePair<string, string>> parameters)
    {
        var colon = from.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return;
        parameters.Add(new("ChannelPrefix", from[..colon]));
        if (from.StartsWith("whatsapp:", StringComparison.Ordinal))
            parameters.Add(new("WaId", from[(colon + 1)..].TrimStart('+')));
    }

    /// <summary>
    /// Adds the place of a phone number, as far as it is known. Addresses with a channel prefix have none.
    /// </summary>
    private static void AddPlace(string name, string address, List<KeyValuePair<string, string>> parameters)
    {
        if (address.Contains(':', StringComparison.Ordinal) || !PhoneNumberValue.TryParse(address, out var number))
            return;
        var (city, state) = number.Place;
        if (city is not null) parameters.Add(new($"{name}City", city));
        if (state is not null) parameters.Add(new($"{name}State", state));
        if (number.Country is { } country) parameters.Add(new($"{name}Country", country));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
