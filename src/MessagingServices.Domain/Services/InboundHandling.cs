namespace MessagingServices.Domain.Services;

/// <summary>
/// Where the messages go that come in to the senders of a Messaging Service's pool. Source:
/// https://www.twilio.com/docs/messaging/services#incoming-message-handling.
/// </summary>
public enum InboundHandling
{
    /// <summary>To the webhook of the sender that received them.</summary>
    SenderWebhook,

    /// <summary>To the Messaging Service's webhook; without one they are dropped.</summary>
    ServiceWebhook,

    /// <summary>Into a conversation, which is made where there is none.</summary>
    Conversation,
}
