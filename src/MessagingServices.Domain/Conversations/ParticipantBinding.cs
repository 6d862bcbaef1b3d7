using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Conversations;

/// <summary>The pair of addresses by which a participant is reached.</summary>
/// <param name="Recipient">The handset.</param>
/// <param name="Sender">The sender that it sees.</param>
public sealed record ParticipantBinding(RecipientAddress Recipient, SenderAddress Sender)
{
    /// <summary>The handset's address in its one form.</summary>
    public string Address => Recipient.Value;

    /// <summary>The sender's address in its one form.</summary>
    public string ProxyAddress => Sender.Value;

    /// <summary>
    /// Reads a pair. Refused: 50407 and 50408 when one of the two is no address, 50409 when they are the same, 50414 when they are of different channels.
    /// </summary>
    public static (ParticipantBinding? Binding, ApiError? ApiError) Parse(string address, string proxyAddress)
    {
        var (recipient, refused) = RecipientAddress.Parse(address);
        if (refused is not null) return (null, MessagingError.InvalidParticipantAddress.ToApiError(address));
        if (SenderAddress.Parse(proxyAddress) is not { } sender || sender.Type == SenderType.Alphanumeric)
            return (null, MessagingError.InvalidProxyAddress.ToApiError(proxyAddress));
        if (recipient!.Value == sender.Value) return (null, MessagingError.SameProxyAddress.ToApiError());
        return recipient.Channel == sender.Channel
            ? (new(recipient, sender), null)
            : (null, MessagingError.ProxyOfOtherChannel.ToApiError());
    }
}
