using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Conversations;

/// <summary>The pair of addresses of a participant.</summary>
/// <param name="Sender">The sender that the handset sees.</param>
public sealed record ParticipantBinding(RecipientAddress Recipient, SenderAddress Sender)
{
    /// <summary>The handset's normalised address.</summary>
    public string Address => Recipient.Value;

    /// <summary>The sender's normalised address.</summary>
    public string ProxyAddress => Sender.Value;

    /// <summary>
    /// Parses a pair. Errors: 50407 and 50408 for an invalid address or proxy address, 50409 for equal addresses, 50414
    /// for different channels.
    /// </summary>
    public static (ParticipantBinding? Binding, ApiError? ApiError) Parse(string address, string proxyAddress)
    {
        var (recipient, error) = RecipientAddress.Parse(address);
        if (error is not null) return (null, MessagingError.InvalidParticipantAddress.ToApiError(address));
        if (SenderAddress.Parse(proxyAddress) is not { } sender || sender.Type == SenderType.Alphanumeric)
            return (null, MessagingError.InvalidProxyAddress.ToApiError(proxyAddress));
        if (recipient!.Value == sender.Value) return (null, MessagingError.SameProxyAddress.ToApiError());
        return recipient.Channel == sender.Channel
            ? (new(recipient, sender), null)
            : (null, MessagingError.ProxyOfOtherChannel.ToApiError());
    }
}
