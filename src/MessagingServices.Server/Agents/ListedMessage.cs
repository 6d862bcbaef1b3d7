using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Agents;

/// <summary>A message in a list: what tells it from the others. <c>explain_message</c> has the rest.</summary>
internal sealed record ListedMessage
{
    /// <summary>SID with the prefix SM, or MM with media.</summary>
    public required Sid Sid { get; init; }

    /// <summary>When it was created, in ISO 8601, as before: and after: take it.</summary>
    public required PreciseDate DateCreated { get; init; }

    /// <summary>The direction: inbound, outbound-api, outbound-call or outbound-reply.</summary>
    public required string Direction { get; init; }

    /// <summary>The sender; null until the Messaging Service has selected one.</summary>
    public required string? From { get; init; }

    /// <summary>The recipient's address.</summary>
    public required string To { get; init; }

    /// <summary>The text of the message.</summary>
    public required string Body { get; init; }

    /// <summary>The number of media.</summary>
    public required int NumMedia { get; init; }

    /// <summary>Where the message is on its way.</summary>
    public required MessageStatus Status { get; init; }

    /// <summary>Why it failed or was not delivered.</summary>
    public required int? ErrorCode { get; init; }

    /// <summary>The Messaging Service that it goes through, if any.</summary>
    public required Sid? MessagingServiceSid { get; init; }

    /// <summary>The short form of a message.</summary>
    public static ListedMessage Of(Message message) => new()
    {
        Sid = message.Sid,
        DateCreated = new(message.DateCreated),
        Direction = EnumNames<MessageDirection>.Of(message.Direction).Replace('_', '-'),
        From = message.From,
        To = message.To,
        Body = message.Body,
        NumMedia = message.MediaUrls.Count,
        Status = message.Status,
        ErrorCode = message.ErrorCode,
        MessagingServiceSid = message.MessagingServiceSid,
    };
}
