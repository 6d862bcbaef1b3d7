using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The state that a registration gets.</summary>
internal sealed record ForceRegistrationForm
{
    /// <summary>
    /// The state. Of a content template: <c>unsubmitted</c>, <c>received</c>, <c>pending</c>, <c>approved</c>,
    /// <c>rejected</c>, <c>paused</c> or <c>disabled</c>. Required.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>Why, at most 1,000 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>The error code; content templates have none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The state of a content template.</summary>
    /// <exception cref="TwilioException">20001 for an unknown state.</exception>
    internal ApprovalStatus Approval() =>
        EnumNames<ApprovalStatus>.TryParse(Status!.ToLowerInvariant(), out var status) ? status
        : throw new TwilioException(MessagingError.BadParameter.ToApiError(
            $"Status must be {string.Join(", ", EnumNames<ApprovalStatus>.All.Order())}, not '{Status}'"));
}

/// <summary>There is a state, and the reason is short.</summary>
internal sealed class ForceRegistrationRules : AbstractValidator<ForceRegistrationForm>
{
    private const int MaxReason = 1000;

    public ForceRegistrationRules()
    {
        RuleFor(form => form.Status).Required(nameof(ForceRegistrationForm.Status));
        RuleFor(form => form.Reason).AtMost(nameof(ForceRegistrationForm.Reason), MaxReason);
        RuleFor(form => form.ErrorCode).WholeNumber();
    }
}
