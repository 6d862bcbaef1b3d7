namespace MessagingServices.Domain.Services;

/// <summary>
/// How a Messaging Service handles messages to the senders of its pool. Source:
/// https://www.twilio.com/docs/messaging/services#incoming-message-handling.
/// </summary>
public enum InboundHandling
{
    /// <summary>They go to the webhook of the receiving sender.</summary>
    SenderWebhook = 0,

    /// <summary>They go to the Messaging Service's webhook. Without one they are dropped.</summary>
    ServiceWebhook = 1,

    /// <summary>They go into a conversation, which is created if there is none.</summary>
    Conversation = 2,
}
