namespace MessagingServices.Server.Conversations;

/// <summary>How a message of a conversation fared with one participant.</summary>
internal sealed class ConversationReceipt
{
    /// <summary>That it went there.</summary>
    public required ConversationDelivery Delivery { get; init; }

    /// <summary>The status of the message that it went as.</summary>
    public required MessageStatus Status { get; init; }

    /// <summary>Why that failed or was not delivered.</summary>
    public required int? ErrorCode { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset DateUpdated { get; init; }
}

/// <summary>
/// Receipts are read from the messages themselves, so that moving a message costs nothing more when it belongs to a conversation.
/// </summary>
internal static class ConversationReceipts
{
    private static readonly MessageStatus[] WithReceipt =
        [MessageStatus.Sent, MessageStatus.Delivered, MessageStatus.Read, MessageStatus.Undelivered, MessageStatus.Failed];

    /// <summary>Deliveries of which there is something to tell: the carrier has taken the message, or it cannot go.</summary>
    public static IQueryable<ConversationReceipt> WithOutcome(this IQueryable<ConversationReceipt> receipts) =>
        receipts.Where(receipt => WithReceipt.Contains(receipt.Status));

    /// <summary>All deliveries with the status that their messages have now; without those whose messages were removed.</summary>
    public static IQueryable<ConversationReceipt> Receipts(this MessagingDb db, IQueryable<ConversationDelivery> deliveries) =>
        from delivery in deliveries
        from message in db.Messages.Where(message => delivery.MessageSid == message.Sid).DefaultIfEmpty()
        where message != null || delivery.ErrorCode != null
        select new ConversationReceipt
        {
            Delivery = delivery,
            Status = message == null ? MessageStatus.Failed : message.Status,
            ErrorCode = message == null ? delivery.ErrorCode : message.ErrorCode,
            DateUpdated = message == null ? delivery.DateCreated : message.DateUpdated,
        };
}
