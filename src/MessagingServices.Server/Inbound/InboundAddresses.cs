namespace MessagingServices.Server.Inbound;

/// <summary>Parses the addresses of an inbound message.</summary>
internal static class InboundAddresses
{
    /// <summary>
    /// Parses both addresses. The handset uses the channel of the receiving sender. Its channel prefix is optional.
    /// </summary>
    /// <exception cref="TwilioException">21606 when <paramref name="to"/> cannot receive messages, 21212 when
    /// <paramref name="from"/> is not a phone number, 21910 when it is on another channel, 21266 when both are the
    /// same.</exception>
    public static (RecipientAddress Handset, SenderAddress Receiver) Read(string from, string to)
    {
        if (SenderAddress.Parse(to) is not { Type: not SenderType.Alphanumeric } receiver)
            throw new TwilioException(MessagingError.ReceiverUnknown.ToApiError(to));
        var withPrefix = from.Contains(':', StringComparison.Ordinal) || receiver.Channel == Channel.Sms
            ? from
            : $"{PrefixOf(receiver.Channel)}{from.Trim()}";
        if (RecipientAddress.Parse(withPrefix).Address is not { } handset)
            throw new TwilioException(MessagingError.InvalidFrom.ToApiError(from));
        if (handset.Channel != receiver.Channel)
            throw new TwilioException(MessagingError.ChannelMismatch.ToApiError());
        return handset.Value == receiver.Value
            ? throw new TwilioException(MessagingError.ToEqualsFrom.ToApiError(from))
            : (handset, receiver);
    }

    private static string PrefixOf(Channel channel) => channel switch
    {
        Channel.Sms => "",
        Channel.WhatsApp => "whatsapp:",
        Channel.Rcs => "rcs:",
    };
}
