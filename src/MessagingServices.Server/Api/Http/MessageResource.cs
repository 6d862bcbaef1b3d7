using System.Globalization;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// A message on the wire: the 2010 API's resource, which the emulator API returns too. Source:
/// https://www.twilio.com/docs/messaging/api/message-resource.
/// </summary>
[XmlName("Message")]
internal sealed class MessageResource(Message message)
{
    /// <summary>SID with the prefix SM, or MM with media.</summary>
    public Sid Sid { get; } = message.Sid;

    /// <summary>When the message was accepted; RFC 2822.</summary>
    public Rfc2822Date DateCreated { get; } = new(message.DateCreated);

    /// <summary>When the message last changed; RFC 2822.</summary>
    public Rfc2822Date DateUpdated { get; } = new(message.DateUpdated);

    /// <summary>When the carrier took it; RFC 2822, null before.</summary>
    public Rfc2822Date? DateSent { get; } = Rfc2822Date.Of(message.DateSent);

    /// <summary>The account that owns the message.</summary>
    public Sid AccountSid { get; } = message.AccountSid;

    /// <summary>The recipient's address.</summary>
    public string To { get; } = message.To;

    /// <summary>The sender; null until the Messaging Service has selected one.</summary>
    public string? From { get; } = message.From;

    /// <summary>The Messaging Service that it goes through, if any.</summary>
    public Sid? MessagingServiceSid { get; } = message.MessagingServiceSid;

    /// <summary>The text of the message.</summary>
    public string Body { get; private init; } = message.Body;

    /// <summary>Where the message is on its way.</summary>
    public MessageStatus Status { get; } = message.Status;

    /// <summary>The number of segments, as a text; "0" until a sender is known.</summary>
    [Shape(Pattern = "^[0-9]+$")]
    public string NumSegments { get; } = message.NumSegments.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number of media, as a text.</summary>
    [Shape(Pattern = "^[0-9]+$")]
    public string NumMedia { get; private init; } = message.MediaUrls.Count.ToString(CultureInfo.InvariantCulture);

    /// <summary>The direction, such as outbound-api.</summary>
    [Shape(Words = ["inbound", "outbound-api", "outbound-call", "outbound-reply"])]
    public string Direction { get; } = EnumNames<MessageDirection>.Of(message.Direction).Replace('_', '-');

    /// <summary>The version of the API: always <c>2010-04-01</c>.</summary>
    [Shape(Words = ["2010-04-01"])]
    public string ApiVersion { get; } = "2010-04-01";

    /// <summary>The price, as a negative text such as -0.00830; null until it is sent.</summary>
    [Shape(Pattern = "^-?[0-9]+[.][0-9]{5}$")]
    public string? Price { get; } = message.Price?.ToString("0.00000", CultureInfo.InvariantCulture);

    /// <summary>The currency, ISO 4217; null until a sender is known.</summary>
    [Shape(Pattern = "^[A-Z]{3}$")]
    public string? PriceUnit { get; } = message.From is null ? null : "USD";

    /// <summary>Why it failed or was not delivered.</summary>
    public int? ErrorCode { get; } = message.ErrorCode;

    /// <summary>The error code in words.</summary>
    public string? ErrorMessage { get; } = MessagingError.TextOf(message.ErrorCode);

    /// <summary>The resource's path.</summary>
    public string Uri { get; private set; } = $"{Path(message)}.json";

    /// <summary>The paths of its subresources.</summary>
    public IReadOnlyDictionary<string, string> SubresourceUris { get; private set; } = new Dictionary<string, string>
    {
        ["media"] = MediaPath(message),
        ["feedback"] = $"{Path(message)}/Feedback.json",
    };

    /// <summary>The resource of a message.</summary>
    public static MessageResource Of(Message message) => new(message);

    /// <summary>
    /// The resource of a message that was just created. A template is rendered for its sender, so its text and media
    /// are unknown until the Messaging Service has selected one.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="hasTemplate">Whether a content template says its text and its media.</param>
    public static MessageResource OfNew(Message message, bool hasTemplate)
    {
        var isHidden = hasTemplate && message.MessagingServiceSid is not null;
        MessageResource resource = new(message);
        return new(message)
        {
            Body = isHidden ? "" : resource.Body,
            NumMedia = isHidden ? "0" : resource.NumMedia,
            SubresourceUris = new Dictionary<string, string> { ["media"] = MediaPath(message) },
        };
    }

    /// <summary>The resource with the paths of before 2012.</summary>
    public MessageResource AtLegacyPath()
    {
        var copy = (MessageResource)MemberwiseClone();
        copy.Uri = LegacyMessages.WithPath(Uri);
        copy.SubresourceUris = SubresourceUris.ToDictionary(
            path => path.Key, path => LegacyMessages.WithPath(path.Value));
        return copy;
    }

    private static string MediaPath(Message message) => $"{Path(message)}/Media.json";

    private static string Path(Message message) =>
        $"/2010-04-01/Accounts/{message.AccountSid}/Messages/{message.Sid}";
}
