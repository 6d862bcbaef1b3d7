using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.OptOuts;

/// <summary>The data of an inbound message that the keyword rules use.</summary>
/// <param name="Body">The whole text.</param>
/// <param name="Handset">The handset's address.</param>
/// <param name="Receiver">
/// The receiving sender. Its Messaging Service is the default value if no pool contains it.
/// </param>
public sealed record ReceivedText(string Body, RecipientAddress Handset, PoolSender Receiver)
{
    /// <summary>The settings of the Messaging Service; null for none.</summary>
    public AdvancedOptOut? Advanced { get; init; }

    /// <summary>
    /// The handset's present opt-outs in this group of channels. Only the receiver and its Messaging Service count.
    /// </summary>
    public IReadOnlyCollection<string> OptedOutOf { get; init; } = [];

    /// <summary>The SID of the Messaging Service whose pool contains the receiver; null for none.</summary>
    public string? Service => Receiver.MessagingServiceSid == default ? null : Receiver.MessagingServiceSid.Value;

    /// <summary>Whether the keywords of the Messaging Service apply.</summary>
    public bool IsAdvanced => Service is not null && Advanced is { Enabled: true };

    /// <summary>
    /// The country whose keywords apply: that of the receiving number. A toll-free number counts as US. For an RCS
    /// sender it is the handset's country.
    /// </summary>
    public string? Country => Receiver.Type switch
    {
        SenderType.TollFree => "US",
        SenderType.Rcs => Handset.Country,
        SenderType.LongCode or SenderType.ShortCode or SenderType.WhatsApp or SenderType.Alphanumeric =>
            Receiver.Country,
    };
}

/// <summary>The effect of a keyword.</summary>
/// <param name="IsAdvanced">
/// Whether the keywords of a Messaging Service applied, so that its webhook gets <c>OptOutType</c>.
/// </param>
/// <param name="Added">The scopes of new opt-outs.</param>
/// <param name="Removed">The scopes of opt-outs to remove.</param>
/// <param name="Replies">The replies to send, in order: at most two, none empty.</param>
public sealed record KeywordEffect(
    OptOutType Type, bool IsAdvanced, IReadOnlyList<string> Added, IReadOnlyList<string> Removed,
    IReadOnlyList<string> Replies);
