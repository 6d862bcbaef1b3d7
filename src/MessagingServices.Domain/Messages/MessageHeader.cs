namespace MessagingServices.Domain.Messages;

/// <summary>
/// The fields that an <see cref="OutboundMessage"/> brings and that its <see cref="Message"/> keeps unchanged. A new
/// field of this kind is declared once, here; fields that a message changes on its way are its own.
/// </summary>
public abstract record MessageHeader
{
    /// <summary>The Messaging Service that sends or receives the message; null if there is none.</summary>
    public Sid? MessagingServiceSid { get; init; }

    /// <summary>Whether the message is sent by the API, is a reply, or comes from a handset.</summary>
    public MessageDirection Direction { get; init; } = MessageDirection.OutboundApi;

    /// <summary>
    /// The sender that the application named for recipients without RCS; null when the Messaging Service selects one.
    /// </summary>
    public string? FallbackFrom { get; init; }

    /// <summary>
    /// The URL of status callbacks, with its connection overrides; null sends none. The message's own URL wins over
    /// that of the Messaging Service, which is copied when the message is accepted.
    /// </summary>
    public string? StatusCallback { get; init; }

    /// <summary>
    /// The content template that says the text and the media; null if there is none, and for messages that an earlier
    /// version has stored.
    /// </summary>
    public Sid? ContentSid { get; init; }

    /// <summary>The time at which a scheduled message is sent; null for other messages.</summary>
    public DateTimeOffset? SendAt { get; init; }
}
