namespace MessagingServices.Domain.Messages;

/// <summary>
/// Where a message is on its way. Which status may follow which: <see cref="MessageStatuses"/>. The words on the wire are the names
/// in snake case. Source: https://www.twilio.com/docs/messaging/api/message-resource#message-status-values.
/// </summary>
public enum MessageStatus
{
    /// <summary>Taken by a Messaging Service; no sender chosen yet.</summary>
    Accepted,

    /// <summary>Waits for its <c>SendAt</c>.</summary>
    Scheduled,

    /// <summary>Called off before its <c>SendAt</c>.</summary>
    Canceled,

    /// <summary>Has its sender and waits to be handed to the carrier.</summary>
    Queued,

    /// <summary>Being handed to the carrier.</summary>
    Sending,

    /// <summary>Taken by the carrier.</summary>
    Sent,

    /// <summary>Not sent; the error code says why.</summary>
    Failed,

    /// <summary>On the handset.</summary>
    Delivered,

    /// <summary>Sent, but not delivered; the error code says why.</summary>
    Undelivered,

    /// <summary>Read on the handset (RCS and WhatsApp).</summary>
    Read,

    /// <summary>Inbound, being processed.</summary>
    Receiving,

    /// <summary>Inbound and processed.</summary>
    Received,
}
