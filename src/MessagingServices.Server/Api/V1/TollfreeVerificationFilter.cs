using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Api.V1;

/// <summary>Which toll-free verifications are listed.</summary>
internal sealed record TollfreeVerificationFilter
{
    /// <summary>Only those of this number (PN).</summary>
    public string? TollfreePhoneNumberSid { get; init; }

    /// <summary>
    /// Only those with this status: <c>PENDING_REVIEW</c>, <c>IN_REVIEW</c>, <c>TWILIO_APPROVED</c> or
    /// <c>TWILIO_REJECTED</c>.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>Only those with this ID of the caller's own.</summary>
    public string? ExternalReferenceId { get; init; }

    /// <summary>
    /// Whether those of subaccounts are listed too; without effect: only the account's own are listed.
    /// </summary>
    public string? IncludeSubAccounts { get; init; }

    /// <summary>
    /// Only those with this trust product (BU); repeated for several. None has one, because Twilio's Trust Hub is not
    /// emulated.
    /// </summary>
    public string[]? TrustProductSid { get; init; }

    /// <summary>Applies the filter, which the rules have checked.</summary>
    public IQueryable<TollfreeVerification> Apply(IQueryable<TollfreeVerification> all, DateTimeOffset now)
    {
        if (!string.IsNullOrEmpty(TollfreePhoneNumberSid))
        {
            var number = Sid.Parse(TollfreePhoneNumberSid);
            all = all.Where(verification => verification.TollfreePhoneNumberSid == number);
        }

        if (!string.IsNullOrEmpty(ExternalReferenceId))
            all = all.Where(verification => verification.ExternalReferenceId == ExternalReferenceId);
        if (TrustProductSid?.Any(sid => sid.Length > 0) == true) all = all.Where(_ => false);
        return EnumNames<TollfreeStatus>.TryParseUpper(Status, out var status) ? all.Having(status, now) : all;
    }
}

/// <summary>The rules for the filter.</summary>
internal sealed class TollfreeVerificationFilterRules : AbstractValidator<TollfreeVerificationFilter>
{
    public TollfreeVerificationFilterRules()
    {
        RuleFor(form => form.TollfreePhoneNumberSid)
            .SidOf(nameof(TollfreeVerificationFilter.TollfreePhoneNumberSid), SidPrefix.PhoneNumber);
        RuleFor(form => form.Status)
            .Must(status => string.IsNullOrEmpty(status) || EnumNames<TollfreeStatus>.TryParseUpper(status, out _))
            .ToApiError(status =>
                $"Status must be one of {string.Join(", ", EnumNames<TollfreeStatus>.AllUpper)}, not '{status}'");
        RuleFor(form => form.IncludeSubAccounts).Boolean(nameof(TollfreeVerificationFilter.IncludeSubAccounts));
    }
}
