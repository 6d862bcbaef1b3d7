namespace MessagingServices.Server.Outbound.Accept;

/// <summary>What a caller wants sent: its shape is checked, its meaning not yet.</summary>
/// <param name="AccountSid">Who sends.</param>
/// <param name="To">The recipient as it was written.</param>
/// <param name="Body">The text; empty when there is none.</param>
internal sealed record NewMessage(Sid AccountSid, string To, string Body)
{
    /// <summary>The sender as it was written; null when the Messaging Service selects one.</summary>
    public string? From { get; init; }

    /// <summary>The Messaging Service, if any.</summary>
    public Sid? MessagingServiceSid { get; init; }

    /// <summary>The sender for where RCS does not reach, as it was written.</summary>
    public string? FallbackFrom { get; init; }

    /// <summary>The media's URLs.</summary>
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>The content template that says text and media in their place; null when the message says them itself.</summary>
    public ContentChoice? Content { get; init; }

    /// <summary>Whether it needs senders that take media, as <see cref="Message.IsMms"/>.</summary>
    public bool IsMms => MediaUrls.Count > 0 || Options.HasFlag(MessageOptions.SendAsMms);

    /// <summary>What else is asked for.</summary>
    public MessageOptions Options { get; init; }

    /// <summary>The message's own status callback URL.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>The message's own validity period in seconds.</summary>
    public int? ValidityPeriod { get; init; }

    /// <summary>When to send it, for a scheduled message.</summary>
    public DateTimeOffset? SendAt { get; init; }
}

/// <summary>A content template and what fills it.</summary>
/// <param name="Sid">The template.</param>
/// <param name="Variables">The values of its placeholders as they were sent, JSON; null when there are none.</param>
internal sealed record ContentChoice(Sid Sid, string? Variables);
