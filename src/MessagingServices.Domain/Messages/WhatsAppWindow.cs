using MessagingServices.Domain.Content;

namespace MessagingServices.Domain.Messages;

/// <summary>
/// WhatsApp's 24-hour window: after a user has written to a WhatsApp sender, that sender may answer with any content.
/// Outside of it WhatsApp delivers approved templates only. Source: https://www.twilio.com/docs/api/errors/63016.
/// </summary>
/// <param name="Handset">The user's address, with <c>whatsapp:</c>.</param>
/// <param name="Sender">The address of the WhatsApp sender, with <c>whatsapp:</c>.</param>
/// <param name="Opened">The time of the user's last message, on the emulator's clock.</param>
public sealed record WhatsAppWindow(Sid AccountSid, string Handset, string Sender, DateTimeOffset Opened)
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(24);

    /// <summary>
    /// Whether WhatsApp delivers a message, which has its sender, only within the window, unless its template is
    /// approved. A message of an earlier version has a template but not its SID: it needs no window.
    /// </summary>
    public static bool IsNeededFor(Message message) =>
        message.From?.StartsWith("whatsapp:", StringComparison.Ordinal) == true
        && (message.ContentSid is not null || !message.Options.HasFlag(MessageOptions.Template));

    /// <summary>Why WhatsApp does not deliver a message outside of the window; null if it does.</summary>
    /// <param name="template">The approval of the message's template; null for a message without a template.</param>
    public static MessagingError? ErrorOutside(ApprovalStatus? template) => template switch
    {
        ApprovalStatus.Approved => null,
        ApprovalStatus.Rejected => MessagingError.TemplateRejected,
        ApprovalStatus.Paused => MessagingError.TemplatePaused,
        ApprovalStatus.Disabled => MessagingError.TemplateDisabled,
        null or ApprovalStatus.Unsubmitted or ApprovalStatus.Received or ApprovalStatus.Pending =>
            MessagingError.OutsideWhatsAppWindow,
    };
}
