using System.Globalization;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// A message on the wire: the 2010 API's resource, which the emulator API returns too. Source:
/// https://www.twilio.com/docs/messaging/api/message-resource.
/// </summary>
[XmlName("Message")]
internal sealed record MessageResource
{
    /// <summary>SID with the prefix SM, or MM with media.</summary>
    public required Sid Sid { get; init; }

    /// <summary>When the message was accepted; RFC 2822.</summary>
    public required Rfc2822Date DateCreated { get; init; }

    /// <summary>When the message last changed; RFC 2822.</summary>
    public required Rfc2822Date DateUpdated { get; init; }

    /// <summary>When the carrier took it; RFC 2822, null before.</summary>
    public required Rfc2822Date? DateSent { get; init; }

    /// <summary>The account that owns the message.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The recipient's address.</summary>
    public required string To { get; init; }

    /// <summary>The sender; null until the Messaging Service has selected one.</summary>
    public required string? From { get; init; }

    /// <summary>The Messaging Service that it goes through, if any.</summary>
    public required Sid? MessagingServiceSid { get; init; }

    /// <summary>The text of the message.</summary>
    public required string Body { get; init; }

    /// <summary>Where the message is on its way.</summary>
    public required MessageStatus Status { get; init; }

    /// <summary>The number of segments, as a text; "0" until a sender is known.</summary>
    public required string NumSegments { get; init; }

    /// <summary>The number of media, as a text.</summary>
    public required string NumMedia { get; init; }

    /// <summary>The direction, such as outbound-api.</summary>
    public required string Direction { get; init; }

    /// <summary>Always 2010-04-01.</summary>
    public string ApiVersion { get; init; } = "2010-04-01";

    /// <summary>The price, as a negative text such as -0.00830; null until it is sent.</summary>
    public required string? Price { get; init; }

    /// <summary>The currency, ISO 4217; null until a sender is known.</summary>
    public required string? PriceUnit { get; init; }

    /// <summary>Why it failed or was not delivered.</summary>
    public required int? ErrorCode { get; init; }

    /// <summary>The error code in words.</summary>
    public required string? ErrorMessage { get; init; }

    /// <summary>The resource's path.</summary>
    public required string Uri { get; init; }

    /// <summary>The paths of what belongs to it.</summary>
    public required IReadOnlyDictionary<string, string> SubresourceUris { get; init; }

    /// <summary>The resource of a message.</summary>
    public static MessageResource Of(Message message)
    {
        var path = $"/2010-04-01/Accounts/{message.AccountSid}/Messages/{message.Sid}";
        return new()
        {
            Sid = message.Sid,
            DateCreated = new(message.DateCreated),
            DateUpdated = new(message.DateUpdated),
            DateSent = Rfc2822Date.Of(message.DateSent),
            AccountSid = message.AccountSid,
            To = message.To,
            From = message.From,
            MessagingServiceSid = message.MessagingServiceSid,
            Body = message.Body,
            Status = message.Status,
            NumSegments = message.NumSegments.ToString(CultureInfo.InvariantCulture),
            NumMedia = message.MediaUrls.Count.ToString(CultureInfo.InvariantCulture),
            Direction = EnumNames<MessageDirection>.Of(message.Direction).Replace('_', '-'),
            Price = message.Price?.ToString("0.00000", CultureInfo.InvariantCulture),
            PriceUnit = message.From is null ? null : "USD",
            ErrorCode = message.ErrorCode,
            ErrorMessage = MessagingError.TextOf(message.ErrorCode),
            Uri = $"{path}.json",
            SubresourceUris = new Dictionary<string, string> { ["media"] = $"{path}/Media.json",
                ["feedback"] = $"{path}/Feedback.json" },
        };
    }
}
