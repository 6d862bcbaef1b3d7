using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The status that a registration is forced to.</summary>
internal sealed record ForceRegistrationForm
{
    /// <summary>
    /// Twilio's name of the status, such as <c>APPROVED</c>, <c>FAILED</c> or <c>TWILIO_REJECTED</c>; of a brand also
    /// one of its identity, such as <c>UNVERIFIED</c>. Of a content template: <c>unsubmitted</c>, <c>received</c>,
    /// <c>pending</c>, <c>approved</c>, <c>rejected</c>, <c>paused</c> or <c>disabled</c>. Required.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>Why it was refused, in words; at most 1,024 characters. Twilio's own by default.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Twilio's code of why it was refused, 10000 to 99999. By default 30701 for a brand, 30897 for a campaign, 30484
    /// for a toll-free verification. Content templates have none.
    /// </summary>
    public string? ErrorCode { get; init; }

    /// <summary>The status, which the rules have checked.</summary>
    public ForcedStatus ToStatus() => new(
        Status!, string.IsNullOrEmpty(ErrorCode) ? null : int.Parse(ErrorCode, CultureInfo.InvariantCulture),
        Reason.OrKeepNullable(null));
}

/// <summary>The rules for a status that is forced.</summary>
internal sealed class ForceRegistrationRules : AbstractValidator<ForceRegistrationForm>
{
    private const int MaxReason = 1024;

    public ForceRegistrationRules()
    {
        RuleFor(form => form.Status).Required(nameof(ForceRegistrationForm.Status));
        RuleFor(form => form.Status).AtMost(nameof(ForceRegistrationForm.Status), MaxReason);
        RuleFor(form => form.Reason).AtMost(nameof(ForceRegistrationForm.Reason), MaxReason);
        RuleFor(form => form.ErrorCode)
            .Must(code => string.IsNullOrEmpty(code)
                || (code.Length == 5 && code.All(char.IsAsciiDigit) && code[0] != '0'))
            .ToApiError(code => $"ErrorCode must be a number from 10000 to 99999, not '{code}'");
    }
}
