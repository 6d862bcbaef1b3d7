using System.Linq.Expressions;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>What holds for an A2P campaign: first what is missing, then what is wrong.</summary>
internal abstract class A2pCampaignRules<TForm> : AbstractValidator<TForm> where TForm : A2pCampaignForm
{
    private const int MaxKeywords = 255;

    /// <summary>Adds the rules for what must be given.</summary>
    protected void AddRequired()
    {
        Required(form => form.Description, nameof(A2pCampaignForm.Description));
        Required(form => form.MessageFlow, nameof(A2pCampaignForm.MessageFlow));
        RuleFor(form => form.MessageSamples).Must(samples => samples?.Any(sample => sample.Length > 0) == true)
            .WithState(_ => MessagingError.CampaignParameterMissing.ToApiError(nameof(A2pCampaignForm.MessageSamples)));
        RequiredBoolean(form => form.HasEmbeddedLinks, nameof(A2pCampaignForm.HasEmbeddedLinks));
        RequiredBoolean(form => form.HasEmbeddedPhone, nameof(A2pCampaignForm.HasEmbeddedPhone));
    }

    /// <summary>Adds the rules for what was given.</summary>
    protected void AddShapes()
    {
        Length(form => form.Description, nameof(A2pCampaignForm.Description), 40, 4096);
        Length(form => form.MessageFlow, nameof(A2pCampaignForm.MessageFlow), 40, 2048);
        RuleFor(form => form.MessageSamples).Must(samples => samples!.Length is >= 2 and <= 5)
            .WithState(_ => MessagingError.CampaignLength.ToApiError("MessageSamples must be 2 to 5"));
        RuleFor(form => form.MessageSamples).Must(samples => samples!.All(sample => sample.Length is >= 20 and <= 1024))
            .WithState(_ => MessagingError.CampaignLength.ToApiError("MessageSamples must have 20 to 1024 characters each"));
        RuleFor(form => form.HasEmbeddedLinks).Boolean(nameof(A2pCampaignForm.HasEmbeddedLinks));
        RuleFor(form => form.HasEmbeddedPhone).Boolean(nameof(A2pCampaignForm.HasEmbeddedPhone));
        RuleFor(form => form.PrivacyPolicyUrl).Url(nameof(A2pCampaignForm.PrivacyPolicyUrl));
        RuleFor(form => form.TermsAndConditionsUrl).Url(nameof(A2pCampaignForm.TermsAndConditionsUrl));
    }

    /// <summary>A text that must be given.</summary>
    protected void Required(Expression<Func<TForm, string?>> field, string name) => RuleFor(field)
        .Must(value => !string.IsNullOrEmpty(value)).WithState(_ => MessagingError.CampaignParameterMissing.ToApiError(name));

    /// <summary>A boolean that must be given; an empty one is wrong, not missing.</summary>
    protected void RequiredBoolean(Expression<Func<TForm, string?>> field, string name) => RuleFor(field)
        .Must(value => value is not null).WithState(_ => MessagingError.CampaignParameterMissing.ToApiError(name));

    /// <summary>A text of so many characters, if any.</summary>
    protected void Length(Expression<Func<TForm, string?>> field, string name, int least, int most) => RuleFor(field)
        .Must(value => string.IsNullOrEmpty(value) || (value.Length >= least && value.Length <= most))
        .WithState(_ => MessagingError.CampaignLength.ToApiError($"{name} must have {least} to {most} characters"));

    /// <summary>Words of 255 characters in all.</summary>
    protected void Keywords(Expression<Func<TForm, string[]?>> field, string name) => RuleFor(field)
        .Must(words => words is null || words.Sum(word => word.Length) <= MaxKeywords)
        .WithState(_ => MessagingError.CampaignLength.ToApiError($"{name} must have at most {MaxKeywords} characters in all"));
}

/// <summary>The rules for a registration.</summary>
internal sealed class CreateA2pCampaignRules : A2pCampaignRules<CreateA2pCampaignForm>
{
    /// <summary>The rules.</summary>
    public CreateA2pCampaignRules()
    {
        Required(form => form.BrandRegistrationSid, nameof(CreateA2pCampaignForm.BrandRegistrationSid));
        Required(form => form.UsAppToPersonUsecase, nameof(CreateA2pCampaignForm.UsAppToPersonUsecase));
        AddRequired();
        RuleFor(form => form.BrandRegistrationSid).Must(sid => Sid.TryParseAs(SidPrefix.BrandRegistration, sid, out _)).ToApiError(MessagingError.InvalidBrand);
        RuleFor(form => form.UsAppToPersonUsecase).Must(A2pUsecases.IsCode).ToApiError(MessagingError.InvalidCampaignUsecase);
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
    /// <summary>The rules.</summary>
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
