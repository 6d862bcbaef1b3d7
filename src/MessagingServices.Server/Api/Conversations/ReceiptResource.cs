using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Conversations;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// The delivery of a conversation message to one participant. Source:
/// https://www.twilio.com/docs/conversations/api/conversation-message-receipt-resource.
/// </summary>
internal sealed record ReceiptResource
{
    /// <summary>SID with the prefix DY.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns the conversation.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The conversation.</summary>
    public required Sid ConversationSid { get; init; }

    /// <summary>The message of the conversation.</summary>
    public required Sid MessageSid { get; init; }

    /// <summary>The message that it went as (prefix SM or MM); null when it could not go.</summary>
    public required Sid? ChannelMessageSid { get; init; }

    /// <summary>The participant that it went to.</summary>
    public required Sid ParticipantSid { get; init; }

    /// <summary>
    /// The status of the message: <c>sent</c>, <c>delivered</c>, <c>read</c>, <c>undelivered</c> or <c>failed</c>.
    /// </summary>
    public required MessageStatus Status { get; init; }

    /// <summary>Why it failed or was not delivered; 0 otherwise.</summary>
    public required int ErrorCode { get; init; }

    /// <summary>When it went; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When its status last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The resource of a receipt, its address on the host that the request came to.</summary>
    public static ReceiptResource Of(ConversationReceipt receipt, Sid conversation, HttpRequest request)
    {
        var delivery = receipt.Delivery;
        return new()
        {
            Sid = delivery.Sid,
            AccountSid = delivery.AccountSid,
            ConversationSid = conversation,
            MessageSid = delivery.ConversationMessageSid,
            ChannelMessageSid = delivery.MessageSid,
            ParticipantSid = delivery.ParticipantSid,
            Status = receipt.Status,
            ErrorCode = receipt.ErrorCode ?? 0,
            DateCreated = new(delivery.DateCreated),
            DateUpdated = new(receipt.DateUpdated),
            Url = request.AbsoluteUrl(
                ConversationMessageResource.Path(conversation, delivery.ConversationMessageSid)
                + $"/Receipts/{delivery.Sid}"),
        };
    }
}
