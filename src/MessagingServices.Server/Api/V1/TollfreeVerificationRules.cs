using System.Linq.Expressions;
using System.Text.RegularExpressions;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>The rules for what the submission and the changes of a toll-free verification share.</summary>
internal static partial class TollfreeVerificationRules
{
    /// <summary>The max length of a text, in characters.</summary>
    public const int MaxText = 4096;

    /// <summary>The max number of items of a list.</summary>
    public const int MaxItems = 50;

    private const int MaxVettingId = 500;

    private static readonly string[] Categories =
    [
        "TWO_FACTOR_AUTHENTICATION", "ACCOUNT_NOTIFICATIONS", "CUSTOMER_CARE", "CHARITY_NONPROFIT",
        "DELIVERY_NOTIFICATIONS", "FRAUD_ALERT_MESSAGING", "EVENTS", "HIGHER_EDUCATION", "K12", "MARKETING",
        "POLLING_AND_VOTING_NON_POLITICAL", "POLITICAL_ELECTION_CAMPAIGNS", "PUBLIC_SERVICE_ANNOUNCEMENT",
        "SECURITY_ALERT",
    ];

    private static readonly string[] OptInTypes =
        ["VERBAL", "WEB_FORM", "PAPER_FORM", "VIA_TEXT", "MOBILE_QR_CODE", "IMPORT", "IMPORT_PLEASE_REPLACE"];

    private static readonly string[] Authorities =
    [
        "EIN", "CBN", "CRN", "PROVINCIAL_NUMBER", "VAT", "ACN", "ABN", "BRN", "SIREN", "SIRET", "NZBN", "USt-IdNr",
        "CIF", "NIF", "CNPJ", "UID", "NEQ", "OTHER",
    ];

    private static readonly string[] BusinessTypes =
        ["PRIVATE_PROFIT", "PUBLIC_PROFIT", "SOLE_PROPRIETOR", "NON_PROFIT", "GOVERNMENT"];

    /// <summary>The texts, one line each.</summary>
    public static readonly SettingTable<TollfreeVerificationForm, TollfreeVerification> Settings =
        new SettingTable<TollfreeVerificationForm, TollfreeVerification>()
            .Add(form => form.BusinessName, verification => verification.BusinessName, Text, FormValue.OrKeep)
            .Add(
                form => form.BusinessWebsite, verification => verification.BusinessWebsite,
                (rule, name) => rule.Url(name), FormValue.OrKeep)
            .Add(
                form => form.NotificationEmail, verification => verification.NotificationEmail,
                Email, FormValue.OrKeep)
            .Add(form => form.UseCaseSummary, verification => verification.UseCaseSummary, Text, FormValue.OrKeep)
            .Add(
                form => form.ProductionMessageSample, verification => verification.ProductionMessageSample,
                Text, FormValue.OrKeep)
            .Add(
                form => form.OptInType, verification => verification.OptInType,
                (rule, name) => rule.Among(name, OptInTypes), FormValue.OrKeep)
            .Add(form => form.MessageVolume, verification => verification.MessageVolume, Text, FormValue.OrKeep)
            .Add(
                form => form.BusinessStreetAddress, verification => verification.BusinessStreetAddress,
                Text, FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessStreetAddress2, verification => verification.BusinessStreetAddress2,
                Text, FormValue.OrKeepNullable)
            .Add(form => form.BusinessCity, verification => verification.BusinessCity, Text, FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessStateProvinceRegion, verification => verification.BusinessStateProvinceRegion,
                Text, FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessPostalCode, verification => verification.BusinessPostalCode,
                Text, FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessCountry, verification => verification.BusinessCountry,
                (rule, name) => rule.Country(name), FormValue.OrKeepNullable)
            .Add(
                form => form.AdditionalInformation, verification => verification.AdditionalInformation,
                Text, FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessContactFirstName, verification => verification.BusinessContactFirstName,
                Text, FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessContactLastName, verification => verification.BusinessContactLastName,
                Text, FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessContactEmail, verification => verification.BusinessContactEmail,
                Email, FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessContactPhone, verification => verification.BusinessContactPhone,
                Phone, FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessRegistrationNumber, verification => verification.BusinessRegistrationNumber,
                Text, FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessRegistrationAuthority, verification => verification.BusinessRegistrationAuthority,
                (rule, name) => rule.Among(name, Authorities), FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessRegistrationCountry, verification => verification.BusinessRegistrationCountry,
                Text, FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessType, verification => verification.BusinessType,
                (rule, name) => rule.Among(name, BusinessTypes), FormValue.OrKeepNullable)
            .Add(
                form => form.BusinessRegistrationPhoneNumber,
                verification => verification.BusinessRegistrationPhoneNumber, Text, FormValue.OrKeepNullable)
            .Add(
                form => form.DoingBusinessAs, verification => verification.DoingBusinessAs,
                Text, FormValue.OrKeepNullable)
            .Add(
                form => form.OptInConfirmationMessage, verification => verification.OptInConfirmationMessage,
                Text, FormValue.OrKeepNullable)
            .Add(
                form => form.HelpMessageSample, verification => verification.HelpMessageSample,
                Text, FormValue.OrKeepNullable)
            .Url(form => form.PrivacyPolicyUrl, verification => verification.PrivacyPolicyUrl)
            .Url(form => form.TermsAndConditionsUrl, verification => verification.TermsAndConditionsUrl)
            .Add(
                form => form.VettingProvider, verification => verification.VettingProvider,
                (rule, name) => rule.Among(name, "CAMPAIGN_VERIFY"), FormValue.OrKeepNullable)
            .Add(
                form => form.VettingId, verification => verification.VettingId,
                (rule, name) => rule.AtMost(name, MaxVettingId), FormValue.OrKeepNullable)
            .Add(
                form => form.AgeGatedContent, verification => verification.AgeGatedContent,
                (rule, name) => rule.Boolean(name), (value, present) => value is null ? present : bool.Parse(value));

    /// <summary>Adds the rules for the lists.</summary>
    public static void AddLists<TForm>(AbstractValidator<TForm> rules) where TForm : TollfreeVerificationForm
    {
        List(
            rules, form => form.UseCaseCategories, nameof(TollfreeVerificationForm.UseCaseCategories),
            Categories.Contains, $"one of {string.Join(", ", Categories)}");
        List(
            rules, form => form.OptInImageUrls, nameof(TollfreeVerificationForm.OptInImageUrls), HttpUrl.IsValid,
            "valid URLs");
        List(
            rules, form => form.OptInKeywords, nameof(TollfreeVerificationForm.OptInKeywords),
            word => word.Length <= MaxText, $"at most {MaxText} characters long");
    }

    private static void List<TForm>(
        AbstractValidator<TForm> rules, Expression<Func<TForm, string[]?>> field, string name,
        Predicate<string> isValid, string wanted) => rules.RuleFor(field)
        .Must(list => list is null || (list.Length <= MaxItems && list.All(text => text.Length == 0 || isValid(text))))
        .WithState(_ => MessagingError.BadParameter.ToApiError(
            $"{name} must be {wanted}, at most {MaxItems} of them"));

    private static void Text(IRuleBuilder<TollfreeVerificationForm, string?> rule, string name) =>
        rule.AtMost(name, MaxText);

    private static void Email(IRuleBuilder<TollfreeVerificationForm, string?> rule, string name) =>
        rule.Must(value => string.IsNullOrEmpty(value) || (value.Length <= MaxText && Address().IsMatch(value)))
            .ToApiError(_ => $"{name} is not a valid email address");

    private static void Phone(IRuleBuilder<TollfreeVerificationForm, string?> rule, string name) =>
        rule.Must(value => string.IsNullOrEmpty(value) || E164().IsMatch(value))
            .ToApiError(value => $"{name} '{value}' is not a phone number in E.164");

    private static void Among(
        this IRuleBuilder<TollfreeVerificationForm, string?> rule, string name, params string[] words) =>
        rule.Must(value => string.IsNullOrEmpty(value) || words.Contains(value))
            .ToApiError(value => $"{name} must be one of {string.Join(", ", words)}, not '{value}'");

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"^\+[1-9][0-9]{1,14}\z", RegexOptions.CultureInvariant)]
    private static partial Regex E164();
}

/// <summary>The rules for a number that is submitted: first the missing parameters, then the wrong ones.</summary>
internal sealed class CreateTollfreeVerificationRules : AbstractValidator<CreateTollfreeVerificationForm>
{
    public CreateTollfreeVerificationRules()
    {
        RuleFor(form => form.BusinessName).Required(nameof(TollfreeVerificationForm.BusinessName));
        RuleFor(form => form.BusinessWebsite).Required(nameof(TollfreeVerificationForm.BusinessWebsite));
        RuleFor(form => form.NotificationEmail).Required(nameof(TollfreeVerificationForm.NotificationEmail));
        RuleFor(form => form.UseCaseSummary).Required(nameof(TollfreeVerificationForm.UseCaseSummary));
        RuleFor(form => form.ProductionMessageSample)
            .Required(nameof(TollfreeVerificationForm.ProductionMessageSample));
        RuleFor(form => form.OptInType).Required(nameof(TollfreeVerificationForm.OptInType));
        RuleFor(form => form.MessageVolume).Required(nameof(TollfreeVerificationForm.MessageVolume));
        Required(form => form.UseCaseCategories, nameof(TollfreeVerificationForm.UseCaseCategories));
        Required(form => form.OptInImageUrls, nameof(TollfreeVerificationForm.OptInImageUrls));
        RuleFor(form => form.TollfreePhoneNumberSid)
            .Required(nameof(CreateTollfreeVerificationForm.TollfreePhoneNumberSid));
        RuleFor(form => form.TollfreePhoneNumberSid).Must(sid => Sid.TryParseAs(SidPrefix.PhoneNumber, sid, out _))
            .ToApiError(MessagingError.InvalidTollfreeNumber);
        RuleFor(form => form.CustomerProfileSid)
            .SidOf(nameof(CreateTollfreeVerificationForm.CustomerProfileSid), SidPrefix.Bundle);
        RuleFor(form => form.ExternalReferenceId).AtMost(
            nameof(CreateTollfreeVerificationForm.ExternalReferenceId), TollfreeVerificationRules.MaxText);
        Include(TollfreeVerificationRules.Settings.Rules);
        TollfreeVerificationRules.AddLists(this);
    }

    private void Required(Expression<Func<CreateTollfreeVerificationForm, string[]?>> field, string name) =>
        RuleFor(field).Must(FieldShape.Required, list => TollfreeVerificationForm.Given(list) is not null)
            .WithState(_ => MessagingError.BadParameter.ToApiError(
                $"Missing required parameter {name} in the post body"));
}

/// <summary>The rules for a change.</summary>
internal sealed class UpdateTollfreeVerificationRules : AbstractValidator<UpdateTollfreeVerificationForm>
{
    public UpdateTollfreeVerificationRules()
    {
        RuleFor(form => form.EditReason).AtMost(
            nameof(UpdateTollfreeVerificationForm.EditReason), TollfreeVerificationRules.MaxText);
        Include(TollfreeVerificationRules.Settings.Rules);
        TollfreeVerificationRules.AddLists(this);
    }
}
