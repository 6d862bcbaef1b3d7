using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.OptOuts;

/// <summary>A message that came in, as far as keywords are concerned.</summary>
/// <param name="Body">The whole text.</param>
/// <param name="Handset">Who sent it.</param>
/// <param name="Receiver">The sender that received it; without a Messaging Service when it is in no pool.</param>
public sealed record ReceivedText(string Body, RecipientAddress Handset, PoolSender Receiver)
{
    /// <summary>What the Messaging Service has set up; null for nothing.</summary>
    public AdvancedOptOut? Advanced { get; init; }

    /// <summary>What the handset has opted out of on this group of channels; others than the receiver and its Messaging Service do not count.</summary>
    public IReadOnlyCollection<string> OptedOutOf { get; init; } = [];

    /// <summary>The Messaging Service in whose pool the receiver is; null for none.</summary>
    public string? Service => Receiver.MessagingServiceSid == default ? null : Receiver.MessagingServiceSid.Value;

    /// <summary>Whether the keywords of the Messaging Service hold.</summary>
    public bool IsAdvanced => Service is not null && Advanced is { Enabled: true };

    /// <summary>
    /// The country whose keywords hold: the receiving number's. A toll-free number counts as the US's; an RCS sender has no number, so there it
    /// is the handset's.
    /// </summary>
    public string? Country => Receiver.Type switch
    {
        SenderType.TollFree => "US",
        SenderType.Rcs => Handset.Country,
        SenderType.LongCode or SenderType.ShortCode or SenderType.WhatsApp or SenderType.Alphanumeric => Receiver.Country,
    };
}

/// <summary>What a keyword changes, and what is replied to it.</summary>
/// <param name="Type">What it does.</param>
/// <param name="IsAdvanced">Whether the keywords of a Messaging Service were asked, so that its webhook is told.</param>
/// <param name="Added">What the handset has opted out of now and had not before.</param>
/// <param name="Removed">What it had opted out of and has no longer.</param>
/// <param name="Replies">Up to two texts, in this order; none is empty.</param>
public sealed record KeywordEffect(
    OptOutType Type, bool IsAdvanced, IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Replies);
