namespace MessagingServices.Domain.Messages;

/// <summary>
/// WhatsApp's 24-hour window: after a user has written to a WhatsApp sender, that sender may answer with any content.
/// Outside of it WhatsApp delivers templates only. Source: https://www.twilio.com/docs/api/errors/63016.
/// </summary>
/// <param name="Handset">The user's address, with <c>whatsapp:</c>.</param>
/// <param name="Sender">The address of the WhatsApp sender, with <c>whatsapp:</c>.</param>
/// <param name="Opened">The time of the user's last message, on the emulator's clock.</param>
public sealed record WhatsAppWindow(Sid AccountSid, string Handset, string Sender, DateTimeOffset Opened)
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(24);

    /// <summary>Whether WhatsApp delivers a message, which has its sender, only within the window.</summary>
    public static bool IsNeededFor(Message message) =>
        message.From?.StartsWith("whatsapp:", StringComparison.Ordinal) == true
        && !message.Options.HasFlag(MessageOptions.Template);
}
