namespace MessagingServices.Domain.Senders;

/// <summary>
/// An address of Facebook Messenger, such as <c>messenger:123</c>. It is a channel of Twilio's, but no account has a
/// sender on it here.
/// </summary>
public static class MessengerAddress
{
    private const string Prefix = "messenger:";

    /// <summary>
    /// The error of a message from or to such an address: 21910 for two channels, else 63007. Null if neither address
    /// is one.
    /// </summary>
    /// <param name="from">The sender; null if the Messaging Service selects it.</param>
    /// <param name="to">The recipient.</param>
    public static ApiError? ApiError(string? from, string to) => (Is(from), Is(to)) switch
    {
        (false, false) => null,
        (true, true) => MessagingError.UnknownChannelFrom.ToApiError(),
        (false, true) when from is null => MessagingError.UnknownChannelFrom.ToApiError(),
        _ => MessagingError.ChannelMismatch.ToApiError(),
    };

    private static bool Is(string? address) =>
        address?.Trim().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) == true;
}
