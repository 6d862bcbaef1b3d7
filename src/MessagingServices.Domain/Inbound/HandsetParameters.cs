using System.Globalization;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Inbound;

/// <summary>
/// The webhook parameters that a handset gives with a message on channels such as WhatsApp. Source:
/// https://www.twilio.com/docs/messaging/guides/webhook-request.
/// </summary>
public static class HandsetParameters
{
    /// <summary>The names of all of them.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "ButtonPayload", "ButtonText", "ButtonType", "ListId", "ListTitle", "ListDescription", "InteractiveData",
        "FlowData", "ChannelMetadata", "MessageType", "Latitude", "Longitude", "Address", "Label", "ProfileName",
        "ExternalUserId", "ParentExternalUserId", "ProfileUsername", "Forwarded", "FrequentlyForwarded",
        "ReferralBody", "ReferralHeadline", "ReferralSourceId", "ReferralSourceType", "ReferralSourceUrl",
        "ReferralMediaId", "ReferralMediaContentType", "ReferralMediaUrl", "ReferralNumMedia", "ReferralCtwaClid",
        "OriginalRepliedMessageSender", "OriginalRepliedMessageSid",
    ];

    /// <summary>The values of <c>MessageType</c>.</summary>
    public static readonly IReadOnlyList<string> MessageTypes =
    [
        "text", "image", "audio", "video", "document", "sticker", "location", "contacts", "interactive", "button",
    ];

    /// <summary>The parameters that are a message even without text and media.</summary>
    private static readonly string[] Content =
        ["Latitude", "ButtonPayload", "ButtonText", "ListId", "ListTitle", "InteractiveData", "FlowData"];

    /// <summary>Whether the parameters are a message without text and media: a location, or a choice.</summary>
    public static bool AreContent(IReadOnlyList<KeyValuePair<string, string>> given) =>
        given.Any(parameter => Content.Contains(parameter.Key));

    /// <summary>
    /// The text of a message that has no other: that of the pressed button, or the title of the chosen list item.
    /// </summary>
    public static string TextOf(IReadOnlyList<KeyValuePair<string, string>> given) =>
        Value(given, "ButtonText") ?? Value(given, "ListTitle") ?? "";

    /// <summary>The ID of the user that hides the number, or has one beside it; null if it is not given.</summary>
    public static string? UserIdOf(IReadOnlyList<KeyValuePair<string, string>> given) =>
        Value(given, "ExternalUserId");

    /// <summary>
    /// The first mistake, in words, for error 20001; null if there is none. Values have at most
    /// <paramref name="maxLength"/> characters. A location has <c>Latitude</c> (-90 to 90) and <c>Longitude</c> (-180
    /// to 180), and only a location has an <c>Address</c> and a <c>Label</c>.
    /// </summary>
    public static string? MistakeIn(IReadOnlyList<KeyValuePair<string, string>> given, int maxLength)
    {
        var (latitude, longitude) = (Value(given, "Latitude"), Value(given, "Longitude"));
        return given.Where(parameter => parameter.Value.Length > maxLength)
                .Select(parameter => $"{parameter.Key} exceeds {maxLength} characters").FirstOrDefault()
            ?? (latitude is null != longitude is null ? "A location needs both Latitude and Longitude"
                : !IsDegree(latitude, 90) ? "Latitude must be a number from -90 to 90"
                : !IsDegree(longitude, 180) ? "Longitude must be a number from -180 to 180"
                : latitude is null && Value(given, "MessageType") == "location"
                    ? "A location needs Latitude and Longitude"
                : latitude is null && (Value(given, "Address") ?? Value(given, "Label")) is not null
                    ? "Address and Label belong to a location, which needs Latitude and Longitude"
                : Value(given, "ExternalUserId") is { } user && !WhatsAppUserId.TryGetCountry(user, out _)
                    ? "ExternalUserId must be an ID of a WhatsApp user, such as US.13491208655302741918"
                : !IsOneOf("MessageType", MessageTypes)
                    ? $"MessageType must be one of {string.Join(", ", MessageTypes)}"
                : !IsOneOf("Forwarded", ["true", "false"]) ? "Forwarded must be true or false"
                : !IsOneOf("FrequentlyForwarded", ["true", "false"]) ? "FrequentlyForwarded must be true or false"
                : null);

        bool IsOneOf(string name, IReadOnlyList<string> values) =>
            Value(given, name) is not { } value || values.Contains(value);
    }

    private static bool IsDegree(string? text, double max) => text is null
        || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degree)
            && Math.Abs(degree) <= max);

    private static string? Value(IReadOnlyList<KeyValuePair<string, string>> given, string name) =>
        given.FirstOrDefault(parameter => parameter.Key == name).Value;
}
