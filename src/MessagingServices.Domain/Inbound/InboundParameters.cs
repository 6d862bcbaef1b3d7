using System.Globalization;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;
using MessagingServices.Domain.Webhooks;

namespace MessagingServices.Domain.Inbound;

/// <summary>
/// The parameters of the webhook of an inbound message. Source: https://www.twilio.com/docs/messaging/guides/webhook-request.
/// </summary>
public static class InboundParameters
{
    /// <summary>The parameters that tell what only some channels have; whoever simulates a handset gives them.</summary>
    public static readonly IReadOnlyList<string> OfChannels =
    [
        "ButtonPayload", "ButtonText", "ButtonType", "InteractiveData", "FlowData", "ChannelMetadata", "Latitude", "Longitude", "Address", "Label",
        "ProfileName", "Forwarded", "FrequentlyForwarded", "ReferralBody", "ReferralHeadline", "ReferralSourceId", "ReferralSourceType",
        "ReferralSourceUrl", "ReferralMediaId", "ReferralMediaContentType", "ReferralMediaUrl", "ReferralNumMedia", "ReferralCtwaClid",
        "OriginalRepliedMessageSender", "OriginalRepliedMessageSid",
    ];

    /// <summary>The parameter that tells what a keyword did: <c>STOP</c>, <c>START</c> or <c>HELP</c>.</summary>
    public const string OptOutType = "OptOutType";

    /// <summary>The code of what went wrong, in the request to a fallback URL.</summary>
    public const string ErrorCode = "ErrorCode";

    /// <summary>The URL that it went wrong with, in the request to a fallback URL.</summary>
    public const string ErrorUrl = "ErrorUrl";

    /// <summary>The handset and the sender that a webhook tells of.</summary>
    public static (string Handset, string Sender) AddressesOf(Webhook webhook) => (Value(webhook, "From")!, Value(webhook, "To")!);

    /// <summary>The Messaging Service that a webhook tells of; null when there is none.</summary>
    public static Sid? ServiceOf(Webhook webhook) => Sid.TryParse(Value(webhook, "MessagingServiceSid"), null, out var service) ? service : null;

    /// <summary>All parameters.</summary>
    /// <param name="message">The message.</param>
    /// <param name="media">Its media that are there, in their order: where the application fetches each, and its type.</param>
    /// <param name="more">What else is told.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(
        Message message, IReadOnlyList<(string Url, string ContentType)> media, IEnumerable<KeyValuePair<string, string>> more)
    {
        List<KeyValuePair<string, string>> parameters =
        [
            new("MessageSid", message.Sid.Value), new("SmsSid", message.Sid.Value), new("SmsMessageSid", message.Sid.Value),
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

    private static string? Value(Webhook webhook, string name) => webhook.Parameters.FirstOrDefault(parameter => parameter.Key == name).Value;

    private static void AddChannel(string from, List<KeyValuePair<string, string>> parameters)
    {
        var colon = from.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return;
        parameters.Add(new("ChannelPrefix", from[..colon]));
        if (from.StartsWith("whatsapp:", StringComparison.Ordinal)) parameters.Add(new("WaId", from[(colon + 1)..].TrimStart('+')));
    }

    /// <summary>Only of phone numbers without a channel, and only what is known.</summary>
    private static void AddPlace(string name, string address, List<KeyValuePair<string, string>> parameters)
    {
        if (address.Contains(':', StringComparison.Ordinal) || !PhoneNumberValue.TryParse(address, out var number)) return;
        var (city, state) = number.Place;
        if (city is not null) parameters.Add(new($"{name}City", city));
        if (state is not null) parameters.Add(new($"{name}State", state));
        if (number.Country is { } country) parameters.Add(new($"{name}Country", country));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
