namespace MessagingServices.Server.Conversations;

/// <summary>The delivery of a conversation message to one participant.</summary>
internal sealed class ConversationReceipt
{
    /// <summary>The stored delivery.</summary>
    public required ConversationDelivery Delivery { get; init; }

    /// <summary>The status of the ordinary message that went to the participant.</summary>
    public required MessageStatus Status { get; init; }

    /// <summary>Why that message failed or was not delivered.</summary>
    public required int? ErrorCode { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset DateUpdated { get; init; }
}

/// <summary>
/// Receipts are read from the ordinary messages. So a message of a conversation costs a stage nothing more than others.
/// </summary>
internal static class ConversationReceipts
{
    private static readonly MessageStatus[] WithReceipt =
        [MessageStatus.Sent, MessageStatus.Delivered, MessageStatus.Read, MessageStatus.Undelivered,
            MessageStatus.Failed];

    /// <summary>Deliveries whose message the carrier has taken, or which failed.</summary>
    public static IQueryable<ConversationReceipt> WithOutcome(this IQueryable<ConversationReceipt> receipts) =>
        receipts.Where(receipt => WithReceipt.Contains(receipt.Status));

    /// <summary>
    /// Deliveries with the present status of their messages, without those whose messages were removed.
    /// </summary>
    public static IQueryable<ConversationReceipt> Receipts(
        this MessagingDb db, IQueryable<ConversationDelivery> deliveries) =>
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
