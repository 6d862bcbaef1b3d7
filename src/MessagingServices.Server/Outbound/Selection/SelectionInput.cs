namespace MessagingServices.Server.Outbound.Selection;

/// <summary>The message for which a sender is selected.</summary>
/// <param name="HasMedia">Whether the message has media, or its text is sent as MMS.</param>
/// <param name="FallbackFrom">
/// The normalised address of the sender for recipients without RCS; null when the message names none.
/// </param>
internal sealed record SelectionInput(
    Sid AccountSid, Sid MessagingServiceSid, RecipientAddress To, string Body, bool HasMedia, string? FallbackFrom)
{
    /// <summary>
    /// Whether the message is the server's own reply to a keyword. Such a reply also reaches recipients who have opted
    /// out.
    /// </summary>
    public bool IsAutomatic { get; init; }

    /// <summary>
    /// Returns the input for a message. Null when this version cannot parse the recipient, which another version of the
    /// server has accepted.
    /// </summary>
    public static SelectionInput? Of(Message message) => RecipientAddress.Parse(message.To).Address is { } recipient
        ? new(
            message.AccountSid, message.MessagingServiceSid!.Value, recipient, message.Body, message.IsMms,
            message.FallbackFrom)
        {
            IsAutomatic = message.Options.HasFlag(MessageOptions.Automatic),
        }
        : null;
}
