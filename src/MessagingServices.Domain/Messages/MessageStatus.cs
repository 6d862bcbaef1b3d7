namespace MessagingServices.Domain.Messages;

/// <summary>
/// The status of a message. <see cref="MessageStatuses"/> defines the allowed changes. In JSON and in the database the
/// names are in snake case. Source: https://www.twilio.com/docs/messaging/api/message-resource#message-status-values.
/// </summary>
public enum MessageStatus
{
    /// <summary>A Messaging Service has the message and must still select its sender.</summary>
    Accepted,

    /// <summary>Waiting for its <c>SendAt</c>.</summary>
    Scheduled,

    /// <summary>Canceled before its <c>SendAt</c>.</summary>
    Canceled,

    /// <summary>The sender is known. The message waits for the carrier.</summary>
    Queued,

    /// <summary>The server is handing the message to the carrier.</summary>
    Sending,

    /// <summary>The carrier has accepted the message.</summary>
    Sent,

    /// <summary>Not sent; the error code says why.</summary>
    Failed,

    /// <summary>On the handset.</summary>
    Delivered,

    /// <summary>Sent, but not delivered; the error code says why.</summary>
    Undelivered,

    /// <summary>Read on the handset (RCS and WhatsApp only).</summary>
    Read,

    /// <summary>Inbound, in processing.</summary>
    Receiving,

    /// <summary>Inbound, processed.</summary>
    Received,
}
