namespace MessagingServices.Server.Outbound.Accept;

/// <summary>
/// A request to send a message. The formats of its fields have been validated. Its addresses, its Messaging Service and
/// its times have not been checked yet.
/// </summary>
/// <param name="To">The recipient as the application wrote it.</param>
/// <param name="Body">The text; empty for a message without text.</param>
internal sealed record NewMessage(Sid AccountSid, string To, string Body)
{
    /// <summary>The sender as the application wrote it; null when the Messaging Service selects one.</summary>
    public string? From { get; init; }

    /// <summary>The Messaging Service; null for a message that uses none.</summary>
    public Sid? MessagingServiceSid { get; init; }

    /// <summary>The sender for recipients without RCS, as the application wrote it.</summary>
    public string? FallbackFrom { get; init; }

    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>
    /// The content template that provides text and media; null when the message has its own text and media.
    /// </summary>
    public ContentChoice? Content { get; init; }

    /// <summary>Whether the message needs senders with MMS, as in <see cref="Message.IsMms"/>.</summary>
    public bool IsMms => MediaUrls.Count > 0 || Options.HasFlag(MessageOptions.SendAsMms);

    public MessageOptions Options { get; init; }

    /// <summary>The message's own URL for status callbacks; null for that of the Messaging Service.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>The message's own validity period in seconds; null for that of the Messaging Service.</summary>
    public int? ValidityPeriod { get; init; }

    /// <summary>The time at which a scheduled message is sent; null for other messages.</summary>
    public DateTimeOffset? SendAt { get; init; }
}

/// <summary>A content template with the values for its placeholders.</summary>
/// <param name="Sid">The template's SID.</param>
/// <param name="Variables">The values as the application sent them, in JSON; null when there are none.</param>
internal sealed record ContentChoice(Sid Sid, string? Variables);
