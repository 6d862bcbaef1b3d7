using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Provisioning;

/// <summary>The state of WhatsApp's approvals. It follows from the time, so nothing has to move it.</summary>
internal sealed class ContentApprovals(EmulatorClock clock, RegistrationOptions options)
{
    /// <summary>The state of a template now.</summary>
    public ApprovalStatus Of(ContentTemplate template) =>
        template.ApprovalAt(clock.Now(template.AccountSid), options.ApprovalTimes);

    /// <summary>The state of a template at a time on the clock of its account.</summary>
    public ApprovalStatus At(ContentTemplate template, DateTimeOffset time) =>
        template.ApprovalAt(time, options.ApprovalTimes);
}
