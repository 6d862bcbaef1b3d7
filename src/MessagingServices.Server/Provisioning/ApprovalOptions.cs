using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Provisioning;

/// <summary>How long WhatsApp's approval of a content template takes.</summary>
[Section("Registration", "How long registrations stay in each state, by the emulator's clock.",
    See = "messages.md#whatsapps-approval", AllowsOtherKeys = true)]
internal sealed class ApprovalOptions
{
    private const int Month = 31 * 24 * 60 * 60;

    [Setting("Seconds for which WhatsApp's approval of a content template is `received`.")]
    [Range(0, Month)]
    public int ApprovalReceivedSeconds { get; init; } = 1;

    [Setting("Seconds for which it is `pending` then, before it is `approved`.")]
    [Range(0, Month)]
    public int ApprovalPendingSeconds { get; init; } = 4;

    /// <summary>The times, as the domain takes them.</summary>
    internal ApprovalTimes Times =>
        new(TimeSpan.FromSeconds(ApprovalReceivedSeconds), TimeSpan.FromSeconds(ApprovalPendingSeconds));
}
