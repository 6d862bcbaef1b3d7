using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// The use cases of A2P campaigns. Source: https://www.twilio.com/docs/messaging/api/usapptoperson-usecase-resource.
/// </summary>
internal sealed record A2pUsecases
{
    /// <summary>All that are offered.</summary>
    public static readonly A2pUsecases All = new();

    private A2pUsecases() { }

    /// <summary>Every use case.</summary>
    public IReadOnlyList<A2pUsecase> UsAppToPersonUsecases { get; } =
    [
        new("2FA", "Two-Factor authentication (2FA)", "One-time passwords and codes that confirm who a person is."),
        new("ACCOUNT_NOTIFICATION", "Account Notification", "Reminders and notices about an account."),
        new(
            "AGENTS_FRANCHISES", "Agents and Franchises",
            "Agents or branches of one brand, each with numbers of its own.")
        {
            PostApprovalRequired = true,
        },
        new("CHARITY", "Charity", "Messages of registered charities."),
        new("PROXY", "Proxy", "People who write to each other through pooled numbers.")
        {
            PostApprovalRequired = true,
        },
        new("CUSTOMER_CARE", "Customer Care", "Support for customers and their accounts."),
        new("DELIVERY_NOTIFICATION", "Delivery Notification", "Where a delivery is."),
        new("EMERGENCY", "Emergency", "Warnings of disasters and other dangers to the public.")
        {
            PostApprovalRequired = true,
        },
        new("FRAUD_ALERT", "Fraud Alert Messaging", "Warnings of suspected fraud."),
        new("HIGHER_EDUCATION", "Higher Education", "Messages of colleges and universities."),
        new("K12_EDUCATION", "K-12 Education", "Messages of schools up to grade 12.")
        {
            PostApprovalRequired = true,
        },
        new("LOW_VOLUME", "Low Volume Mixed", "Several uses with few messages, tests for example."),
        new("MARKETING", "Marketing", "Offers and advertisements."),
        new("MIXED", "Mixed", "Several uses in one campaign."),
        new("POLITICAL", "Political", "Campaigning before decisions and elections."),
        new("POLLING_VOTING", "Polling and voting", "Polls and votes."),
        new(
            "PUBLIC_SERVICE_ANNOUNCEMENT", "Public Service Announcement",
            "Information that makes people aware of something important."),
        new("SECURITY_ALERT", "Security Alert", "Warnings that a system may be compromised."),
        new("SOCIAL", "Social", "Messages within closed communities.")
        {
            PostApprovalRequired = true,
        },
        new("SWEEPSTAKE", "Sweepstake", "Prize draws.")
        {
            PostApprovalRequired = true,
        },
    ];

    /// <summary>The codes of all use cases that a campaign may have.</summary>
    public static IReadOnlyCollection<string> Codes =>
        [.. All.UsAppToPersonUsecases.Select(usecase => usecase.Code), A2pCampaignUseCases.SoleProprietor];

    /// <summary>
    /// Whether a campaign may have this use case. That of one-person businesses is taken, but not offered.
    /// </summary>
    public static bool IsCode(string? code) =>
        code == A2pCampaignUseCases.SoleProprietor || All.UsAppToPersonUsecases.Any(usecase => usecase.Code == code);
}

/// <summary>A use case of A2P campaigns.</summary>
/// <param name="Code">Its code, as <c>UsAppToPersonUsecase</c> takes it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its scope.</param>
internal sealed record A2pUsecase(string Code, string Name, string Description)
{
    /// <summary>Whether carriers decide after the registration too; here none does.</summary>
    public bool PostApprovalRequired { get; init; }
}

/// <summary>For which brand use cases are listed.</summary>
internal sealed record ListA2pUsecasesForm
{
    /// <summary>The brand (BN); all brands have the same use cases.</summary>
    public string? BrandRegistrationSid { get; init; }
}

/// <summary>The brand has the shape of one.</summary>
internal sealed class ListA2pUsecasesRules : AbstractValidator<ListA2pUsecasesForm>
{
    public ListA2pUsecasesRules() => RuleFor(form => form.BrandRegistrationSid)
        .SidOf(SidPrefix.BrandRegistration).ToApiError(MessagingError.InvalidBrand);
}
