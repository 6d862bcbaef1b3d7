using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Api.V1;

/// <summary>The parameters with which a brand is registered.</summary>
internal sealed record CreateBrandForm
{
    /// <summary>SID of the customer profile (BU); any is taken. Required.</summary>
    public string? CustomerProfileBundleSid { get; init; }

    /// <summary>SID of the messaging profile (BU); any is taken. Required.</summary>
    public string? A2PProfileBundleSid { get; init; }

    /// <summary><c>STANDARD</c>, the default, or <c>SOLE_PROPRIETOR</c>.</summary>
    public string? BrandType { get; init; }

    /// <summary>Whether the brand is only for tests: its campaigns register no numbers. False by default.</summary>
    public string? Mock { get; init; }

    /// <summary>Whether the brand gets no secondary vetting, and so no score. False by default.</summary>
    public string? SkipAutomaticSecVet { get; init; }

    /// <summary>The brand, which the rules have checked.</summary>
    public NewBrand ToBrand() => new(
        Sid.Parse(CustomerProfileBundleSid!), Sid.Parse(A2PProfileBundleSid!),
        EnumNames<BrandType>.TryParseUpper(BrandType, out var type) ? type : Domain.Compliance.BrandType.Standard,
        Mock.OrKeep(false), SkipAutomaticSecVet.OrKeep(false));
}

/// <summary>The rules for a brand.</summary>
internal sealed class CreateBrandRules : AbstractValidator<CreateBrandForm>
{
    public CreateBrandRules()
    {
        RuleFor(form => form.CustomerProfileBundleSid).Required(nameof(CreateBrandForm.CustomerProfileBundleSid));
        RuleFor(form => form.A2PProfileBundleSid).Required(nameof(CreateBrandForm.A2PProfileBundleSid));
        RuleFor(form => form.CustomerProfileBundleSid)
            .SidOf(nameof(CreateBrandForm.CustomerProfileBundleSid), SidPrefix.Bundle);
        RuleFor(form => form.A2PProfileBundleSid).SidOf(nameof(CreateBrandForm.A2PProfileBundleSid), SidPrefix.Bundle);
        RuleFor(form => form.BrandType)
            .Must(type => type is null || EnumNames<BrandType>.TryParseUpper(type, out _))
            .ToApiError(type => $"BrandType must be STANDARD or SOLE_PROPRIETOR, not '{type}'");
        RuleFor(form => form.Mock).Boolean(nameof(CreateBrandForm.Mock));
        RuleFor(form => form.SkipAutomaticSecVet).Boolean(nameof(CreateBrandForm.SkipAutomaticSecVet));
    }
}

/// <summary>The parameters with which a brand is vetted.</summary>
internal sealed record CreateBrandVettingForm
{
    /// <summary><c>campaign-verify</c> or <c>aegis</c>. Required.</summary>
    public string? VettingProvider { get; init; }

    /// <summary>
    /// The provider's ID, at most 500 characters; for campaign-verify the token, such as <c>cv|1.0|tcr|10dlc|...</c>,
    /// which is required.
    /// </summary>
    public string? VettingId { get; init; }
}

/// <summary>The rules for a vetting.</summary>
internal sealed class CreateBrandVettingRules : AbstractValidator<CreateBrandVettingForm>
{
    public CreateBrandVettingRules()
    {
        RuleFor(form => form.VettingProvider).Required(nameof(CreateBrandVettingForm.VettingProvider));
        RuleFor(form => form.VettingProvider).Provider();
        RuleFor(form => form.VettingId).AtMost(nameof(CreateBrandVettingForm.VettingId), VettingProviders.MaxId);
        RuleFor(form => form.VettingId)
            .Must((form, id) => form.VettingProvider != BrandVetting.CampaignVerify || BrandVetting.IsToken(id))
            .ToApiError(MessagingError.InvalidVettingToken);
    }
}

/// <summary>Which vettings are listed.</summary>
internal sealed record BrandVettingFilter
{
    /// <summary>Only vettings of this provider: <c>campaign-verify</c> or <c>aegis</c>.</summary>
    public string? VettingProvider { get; init; }

    /// <summary>Applies the filter, which the rules have checked.</summary>
    public IQueryable<BrandVetting> Apply(IQueryable<BrandVetting> vettings) =>
        string.IsNullOrEmpty(VettingProvider) ? vettings
            : vettings.Where(vetting => vetting.VettingProvider == VettingProvider);
}

/// <summary>The rules for the filter.</summary>
internal sealed class BrandVettingFilterRules : AbstractValidator<BrandVettingFilter>
{
    public BrandVettingFilterRules() => RuleFor(form => form.VettingProvider).Provider();
}

/// <summary>The providers of vettings.</summary>
internal static class VettingProviders
{
    /// <summary>The max length of a provider's ID, in characters.</summary>
    public const int MaxId = 500;

    /// <summary>A provider, or empty.</summary>
    public static IRuleBuilderOptions<T, string?> Provider<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(value => string.IsNullOrEmpty(value) || value is BrandVetting.CampaignVerify or BrandVetting.Aegis)
            .ToApiError(value => $"VettingProvider must be campaign-verify or aegis, not '{value}'");
}
