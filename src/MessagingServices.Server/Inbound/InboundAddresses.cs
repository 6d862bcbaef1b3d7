namespace MessagingServices.Server.Inbound;

/// <summary>The addresses of an inbound message.</summary>
/// <param name="From">The normalised address of the handset.</param>
/// <param name="Handset">
/// The handset as a recipient of replies; null for a short code or an alphanumeric sender, which cannot receive any.
/// </param>
/// <param name="Receiver">The sender that receives the message.</param>
internal sealed record InboundAddresses(string From, RecipientAddress? Handset, SenderAddress Receiver)
{
    /// <summary>
    /// Parses both addresses. The handset uses the channel of the receiving sender. Its channel prefix is optional.
    /// </summary>
    /// <exception cref="TwilioException">21606 when <paramref name="to"/> cannot receive messages, 21212 when
    /// <paramref name="from"/> cannot write on the channel, 21910 when it is on another channel, 21266 when both are
    /// the same.</exception>
    public static InboundAddresses Read(string from, string to)
    {
        if (SenderAddress.Parse(to) is not { Type: not SenderType.Alphanumeric } receiver)
            throw new TwilioException(MessagingError.ReceiverUnknown.ToApiError(to));
        var withPrefix = from.Contains(':', StringComparison.Ordinal) || receiver.Channel == Channel.Sms
            ? from
            : $"{PrefixOf(receiver.Channel)}{from.Trim()}";
        var handset = RecipientAddress.Parse(withPrefix).Address;
        var address = handset?.Value
            ?? (SenderAddress.Parse(withPrefix) is { Type: SenderType.ShortCode or SenderType.Alphanumeric } sender
                ? sender.Value
                : throw new TwilioException(MessagingError.InvalidFrom.ToApiError(from)));
        if (handset is not null && handset.Channel != receiver.Channel)
            throw new TwilioException(MessagingError.ChannelMismatch.ToApiError());
        return address == receiver.Value
            ? throw new TwilioException(
                MessagingError.ToEqualsFrom.ToApiError(RecipientAddress.Obfuscate(receiver.Value)))
            : new(address, handset, receiver);
    }

    private static string PrefixOf(Channel channel) => channel switch
    {
        Channel.Sms => "",
        Channel.WhatsApp => "whatsapp:",
        Channel.Rcs => "rcs:",
    };
}
