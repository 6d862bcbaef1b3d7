using System.Linq.Expressions;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>The parameters of an A2P campaign that its registration and its changes share.</summary>
internal abstract record A2pCampaignForm
{
    /// <summary>The purpose of the campaign, 40 to 4,096 characters. Required.</summary>
    public string? Description { get; init; }

    /// <summary>How people agree to get messages, 40 to 2,048 characters. Required.</summary>
    public string? MessageFlow { get; init; }

    /// <summary>A message as it will be sent, 20 to 1,024 characters; repeated for two to five. Required.</summary>
    public string[]? MessageSamples { get; init; }

    /// <summary>Whether messages hold links. Required.</summary>
    public string? HasEmbeddedLinks { get; init; }

    /// <summary>Whether messages hold phone numbers. Required.</summary>
    public string? HasEmbeddedPhone { get; init; }

    /// <summary>The URL of the privacy policy.</summary>
    public string? PrivacyPolicyUrl { get; init; }

    /// <summary>The URL of the terms and conditions.</summary>
    public string? TermsAndConditionsUrl { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    public virtual void ApplyTo(A2pCampaign campaign)
    {
        campaign.Description = Description!;
        campaign.MessageFlow = MessageFlow!;
        campaign.MessageSamples = MessageSamples!;
        campaign.HasEmbeddedLinks = bool.Parse(HasEmbeddedLinks!);
        campaign.HasEmbeddedPhone = bool.Parse(HasEmbeddedPhone!);
        campaign.PrivacyPolicyUrl = PrivacyPolicyUrl.OrKeepNullable(campaign.PrivacyPolicyUrl);
        campaign.TermsAndConditionsUrl = TermsAndConditionsUrl.OrKeepNullable(campaign.TermsAndConditionsUrl);
    }
}

/// <summary>
/// The parameters with which an A2P campaign is registered. Source:
/// https://www.twilio.com/docs/messaging/api/usapptoperson-resource.
/// </summary>
internal sealed record CreateA2pCampaignForm : A2pCampaignForm
{
    private const string OptedOut =
        "You have successfully been unsubscribed. You will not receive any more messages from this number. "
        + "Reply START to resubscribe.";

    private const string Help = "Reply STOP to unsubscribe. Msg&Data Rates May Apply.";

    private static readonly string[] StopWords = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"];
    private static readonly string[] HelpWords = ["HELP", "INFO"];

    /// <summary>
    /// SID of the brand (BN): an approved brand of the account, or any that the account has not registered here, which
    /// is taken for approved. Required.
    /// </summary>
    public string? BrandRegistrationSid { get; init; }

    /// <summary>One of the codes that <c>Usecases</c> lists, or <c>SOLE_PROPRIETOR</c>. Required.</summary>
    public string? UsAppToPersonUsecase { get; init; }

    /// <summary>The reply to an opt-in, 20 to 320 characters.</summary>
    public string? OptInMessage { get; init; }

    /// <summary>The reply to an opt-out, 20 to 320 characters; Twilio's own by default.</summary>
    public string? OptOutMessage { get; init; }

    /// <summary>The reply to a request for help, 20 to 320 characters; Twilio's own by default.</summary>
    public string? HelpMessage { get; init; }

    /// <summary>A word that means opt-in; repeated for several, 255 characters in all.</summary>
    public string[]? OptInKeywords { get; init; }

    /// <summary>
    /// A word that means opt-out; repeated for several, 255 characters in all. Twilio's own by default.
    /// </summary>
    public string[]? OptOutKeywords { get; init; }

    /// <summary>
    /// A word that asks for help; repeated for several, 255 characters in all. Twilio's own by default.
    /// </summary>
    public string[]? HelpKeywords { get; init; }

    /// <summary>Whether recipients have agreed; true by default.</summary>
    public string? SubscriberOptIn { get; init; }

    /// <summary>Whether messages are for adults only; false by default.</summary>
    public string? AgeGated { get; init; }

    /// <summary>Whether loans are offered; false by default.</summary>
    public string? DirectLending { get; init; }

    /// <inheritdoc/>
    public override void ApplyTo(A2pCampaign campaign)
    {
        base.ApplyTo(campaign);
        campaign.OptInMessage = OptInMessage.OrKeepNullable(null);
        campaign.OptOutMessage = OptOutMessage.OrKeep(OptedOut);
        campaign.HelpMessage = HelpMessage.OrKeep(Help);
        campaign.OptInKeywords = Words(OptInKeywords, []);
        campaign.OptOutKeywords = Words(OptOutKeywords, StopWords);
        campaign.HelpKeywords = Words(HelpKeywords, HelpWords);
        campaign.SubscriberOptIn = SubscriberOptIn.OrKeep(true);
        campaign.AgeGated = AgeGated.OrKeep(false);
        campaign.DirectLending = DirectLending.OrKeep(false);
    }

    private static string[] Words(string[]? given, string[] usual)
    {
        var words = given?.Where(word => word.Length > 0).ToArray();
        return words is null or [] ? usual : words;
    }
}

/// <summary>The parameters with which an A2P campaign is changed.</summary>
internal sealed record UpdateA2pCampaignForm : A2pCampaignForm
{
    /// <summary>Whether messages are for adults only. Required.</summary>
    public string? AgeGated { get; init; }

    /// <summary>Whether loans are offered. Required.</summary>
    public string? DirectLending { get; init; }

    /// <inheritdoc/>
    public override void ApplyTo(A2pCampaign campaign)
    {
        base.ApplyTo(campaign);
        campaign.AgeGated = bool.Parse(AgeGated!);
        campaign.DirectLending = bool.Parse(DirectLending!);
    }
}

/// <summary>The rules for an A2P campaign: first the missing parameters, then the wrong ones.</summary>
internal abstract class A2pCampaignRules<TForm> : AbstractValidator<TForm> where TForm : A2pCampaignForm
{
    private const int MaxKeywords = 255;

    /// <summary>Adds the rules for required parameters.</summary>
    protected void AddRequired()
    {
        Required(form => form.Description, nameof(A2pCampaignForm.Description));
        Required(form => form.MessageFlow, nameof(A2pCampaignForm.MessageFlow));
        RuleFor(form => form.MessageSamples)
            .Must(FieldShape.Required, samples => samples?.Any(sample => sample.Length > 0) == true)
            .WithState(_ => MessagingError.CampaignParameterMissing.ToApiError(nameof(A2pCampaignForm.MessageSamples)));
        RequiredBoolean(form => form.HasEmbeddedLinks, nameof(A2pCampaignForm.HasEmbeddedLinks));
        RequiredBoolean(form => form.HasEmbeddedPhone, nameof(A2pCampaignForm.HasEmbeddedPhone));
    }

    /// <summary>Adds the rules for the given parameters.</summary>
    protected void AddShapes()
    {
        Length(form => form.Description, nameof(A2pCampaignForm.Description), 40, 4096);
        Length(form => form.MessageFlow, nameof(A2pCampaignForm.MessageFlow), 40, 2048);
        RuleFor(form => form.MessageSamples)
            .Must(new() { MinItems = 2, MaxItems = 5 }, samples => samples!.Length is >= 2 and <= 5)
            .WithState(_ => MessagingError.CampaignLength.ToApiError("MessageSamples must be 2 to 5"));
        RuleFor(form => form.MessageSamples)
            .Must(
                new() { MinLength = 20, MaxLength = 1024 },
                samples => samples!.All(sample => sample.Length is >= 20 and <= 1024))
            .WithState(
                _ => MessagingError.CampaignLength.ToApiError("MessageSamples must have 20 to 1024 characters each"));
        RuleFor(form => form.HasEmbeddedLinks).Boolean(nameof(A2pCampaignForm.HasEmbeddedLinks));
        RuleFor(form => form.HasEmbeddedPhone).Boolean(nameof(A2pCampaignForm.HasEmbeddedPhone));
        RuleFor(form => form.PrivacyPolicyUrl).Url(nameof(A2pCampaignForm.PrivacyPolicyUrl));
        RuleFor(form => form.TermsAndConditionsUrl).Url(nameof(A2pCampaignForm.TermsAndConditionsUrl));
    }

    /// <summary>A text that must be given.</summary>
    protected void Required(Expression<Func<TForm, string?>> field, string name) => RuleFor(field)
        .Given().WithState(_ => MessagingError.CampaignParameterMissing.ToApiError(name));

    /// <summary>A boolean that must be given; an empty one is wrong, not missing.</summary>
    protected void RequiredBoolean(Expression<Func<TForm, string?>> field, string name) => RuleFor(field)
        .Must(FieldShape.Required, value => value is not null)
            .WithState(_ => MessagingError.CampaignParameterMissing.ToApiError(name));

    /// <summary>A text of so many characters, if any.</summary>
    protected void Length(Expression<Func<TForm, string?>> field, string name, int min, int max) => RuleFor(field)
        .Must(
            new() { MinLength = min, MaxLength = max },
            value => string.IsNullOrEmpty(value) || (value.Length >= min && value.Length <= max))
        .WithState(_ => MessagingError.CampaignLength.ToApiError($"{name} must have {min} to {max} characters"));

    /// <summary>Words of 255 characters in all.</summary>
    protected void Keywords(Expression<Func<TForm, string[]?>> field, string name) => RuleFor(field)
        .Must(words => words is null || words.Sum(word => word.Length) <= MaxKeywords)
        .WithState(
            _ => MessagingError.CampaignLength.ToApiError($"{name} must have at most {MaxKeywords} characters in all"));
}

/// <summary>The rules for a registration.</summary>
internal sealed class CreateA2pCampaignRules : A2pCampaignRules<CreateA2pCampaignForm>
{
    public CreateA2pCampaignRules()
    {
        Required(form => form.BrandRegistrationSid, nameof(CreateA2pCampaignForm.BrandRegistrationSid));
        Required(form => form.UsAppToPersonUsecase, nameof(CreateA2pCampaignForm.UsAppToPersonUsecase));
        AddRequired();
        RuleFor(form => form.BrandRegistrationSid).SidOf(SidPrefix.BrandRegistration)
            .ToApiError(MessagingError.InvalidBrand);
        RuleFor(form => form.UsAppToPersonUsecase)
            .Must(FieldShape.OneOf(A2pUsecases.Codes), A2pUsecases.IsCode)
            .ToApiError(MessagingError.InvalidCampaignUsecase);
        AddShapes();
        Length(form => form.OptInMessage, nameof(CreateA2pCampaignForm.OptInMessage), 20, 320);
        Length(form => form.OptOutMessage, nameof(CreateA2pCampaignForm.OptOutMessage), 20, 320);
        Length(form => form.HelpMessage, nameof(CreateA2pCampaignForm.HelpMessage), 20, 320);
        Keywords(form => form.OptInKeywords, nameof(CreateA2pCampaignForm.OptInKeywords));
        Keywords(form => form.OptOutKeywords, nameof(CreateA2pCampaignForm.OptOutKeywords));
        Keywords(form => form.HelpKeywords, nameof(CreateA2pCampaignForm.HelpKeywords));
        RuleFor(form => form.SubscriberOptIn).Boolean(nameof(CreateA2pCampaignForm.SubscriberOptIn));
        RuleFor(form => form.AgeGated).Boolean(nameof(CreateA2pCampaignForm.AgeGated));
        RuleFor(form => form.DirectLending).Boolean(nameof(CreateA2pCampaignForm.DirectLending));
    }
}

/// <summary>The rules for a change.</summary>
internal sealed class UpdateA2pCampaignRules : A2pCampaignRules<UpdateA2pCampaignForm>
{
    public UpdateA2pCampaignRules()
    {
        AddRequired();
        RequiredBoolean(form => form.AgeGated, nameof(UpdateA2pCampaignForm.AgeGated));
        RequiredBoolean(form => form.DirectLending, nameof(UpdateA2pCampaignForm.DirectLending));
        AddShapes();
        RuleFor(form => form.AgeGated).Boolean(nameof(UpdateA2pCampaignForm.AgeGated));
        RuleFor(form => form.DirectLending).Boolean(nameof(UpdateA2pCampaignForm.DirectLending));
    }
}
