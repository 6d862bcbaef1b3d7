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
    /// The windows that a message from a user opens: that of its address and, if the user's ID is known too, that of
    /// the ID.
    /// </summary>
    /// <param name="inbound">The message to a WhatsApp sender.</param>
    /// <param name="userId">The <c>ExternalUserId</c> of its webhook; null for none.</param>
    /// <param name="now">The time of the message.</param>
    public static IEnumerable<WhatsAppWindow> OpenedBy(Message inbound, string? userId, DateTimeOffset now) =>
        new[] { inbound.From!, userId is null ? inbound.From! : $"whatsapp:{userId}" }.Distinct()
            .Select(handset => new WhatsAppWindow(inbound.AccountSid, handset, inbound.To, now));

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
