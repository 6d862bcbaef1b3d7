namespace MessagingServices.Domain.Messages;

/// <summary>What an application asked to be sent, checked.</summary>
/// <param name="Sid">The new message's SID.</param>
/// <param name="AccountSid">The account that sends.</param>
/// <param name="To">The recipient's normalised address.</param>
/// <param name="Body">The text; empty when there is none.</param>
public sealed record OutboundMessage(Sid Sid, Sid AccountSid, string To, string Body)
{
    /// <summary>The longest period a message may wait, in seconds, and what is taken when nothing is said.</summary>
    public const int MaxValidityPeriod = 36_000;

    /// <summary>The longest body, in UTF-16 units.</summary>
    public const int MaxBodyLength = 1_600;

    /// <summary>The most media of one message.</summary>
    public const int MaxMedia = 10;

    /// <summary>Whether the API sends it, or it answers an inbound message.</summary>
    public MessageDirection Direction { get; init; } = MessageDirection.OutboundApi;

    /// <summary>The Messaging Service that it goes through.</summary>
    public Sid? MessagingServiceSid { get; init; }

    /// <summary>The explicit sender; null when the Messaging Service selects one.</summary>
    public string? From { get; init; }

    /// <summary>The SID of an explicit sender on WhatsApp or RCS.</summary>
    public Sid? ChannelInstallSid { get; init; }

    /// <summary>The sender to use where RCS does not reach; null when the Messaging Service selects one.</summary>
    public string? FallbackFrom { get; init; }

    /// <summary>Where the media are fetched from.</summary>
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>What else was asked for.</summary>
    public MessageOptions Options { get; init; }

    /// <summary>Where status callbacks go to.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>How long the message may wait, in seconds.</summary>
    public int ValidityPeriod { get; init; } = MaxValidityPeriod;

    /// <summary>When to release a scheduled message.</summary>
    public DateTimeOffset? SendAt { get; init; }
}
