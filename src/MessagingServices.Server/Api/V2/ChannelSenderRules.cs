using System.Text.RegularExpressions;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2;

/// <summary>The refusal of whatever is wrong in the JSON of a channel sender: code 63100.</summary>
internal static class ChannelSenderRefusals
{
    public static IRuleBuilderOptions<T, string?> Refuse63100<T>(this IRuleBuilderOptions<T, string?> rule, string reason) =>
        rule.WithState((_, _) => MessagingError.InvalidChannelSender.ToApiError(reason));
}

/// <summary>Words are Twilio's, or empty to clear.</summary>
internal sealed class ChannelSenderConfigurationRules : AbstractValidator<ChannelSenderConfiguration>
{
    /// <summary>The rules.</summary>
    public ChannelSenderConfigurationRules()
    {
        RuleFor(configuration => configuration.VerificationMethod).Must(method => method is null or "" or "sms" or "voice")
            .Refuse63100("configuration.verification_method must be sms or voice");
        RuleFor(configuration => configuration.VoiceApplicationSid).Must(sid => string.IsNullOrEmpty(sid) || Sid.TryParseAs("AP", sid, out _))
            .Refuse63100("configuration.voice_application_sid is not a valid SID");
        RuleFor(configuration => configuration.AccountType).Must(type => type is null or "" or "ISV" or "ISVSubAccount")
            .Refuse63100("configuration.account_type must be ISV or ISVSubAccount");
    }
}

/// <summary>URLs can be called, methods are known, or both are empty to clear.</summary>
internal sealed class ChannelSenderWebhookRules : AbstractValidator<ChannelSenderWebhook>
{
    /// <summary>The rules.</summary>
    public ChannelSenderWebhookRules()
    {
        RuleFor(webhook => webhook.CallbackUrl).Url().Refuse63100("webhook.callback_url is not a valid URL");
        RuleFor(webhook => webhook.CallbackMethod).Must(method => method is null or "" or "POST" or "PUT")
            .Refuse63100("webhook.callback_method must be POST or PUT");
        RuleFor(webhook => webhook.FallbackUrl).Url().Refuse63100("webhook.fallback_url is not a valid URL");
        RuleFor(webhook => webhook.FallbackMethod).Must(method => method is null or "" or "POST" or "PUT")
            .Refuse63100("webhook.fallback_method must be POST or PUT");
        RuleFor(webhook => webhook.StatusCallbackUrl).Url().Refuse63100("webhook.status_callback_url is not a valid URL");
        RuleFor(webhook => webhook.StatusCallbackMethod).Must(method => method is null or "" or "GET" or "POST" or "PUT")
            .Refuse63100("webhook.status_callback_method must be GET, POST or PUT");
    }
}

/// <summary>URLs, colour and line of business are such, or empty to clear.</summary>
internal sealed partial class ChannelSenderProfileRules : AbstractValidator<ChannelSenderProfile>
{
    /// <summary>The lines of business that Twilio knows.</summary>
    private static readonly string[] Verticals =
    [
        "", "Alcohol", "Automotive", "Beauty, Spa and Salon", "Clothing and Apparel", "Education", "Entertainment", "Event Planning and Service",
        "Finance and Banking", "Food and Grocery", "Hotel and Lodging", "Matrimony Service", "Medical and Health", "Non-profit", "Online Gambling",
        "OTC Drugs", "Other", "Physical Gambling", "Professional Services", "Public Service", "Restaurant", "Shopping and Retail",
        "Travel and Transportation",
    ];

    /// <summary>The rules.</summary>
    public ChannelSenderProfileRules()
    {
        RuleFor(profile => profile.LogoUrl).Url().Refuse63100("profile.logo_url is not a valid URL");
        RuleFor(profile => profile.BannerUrl).Url().Refuse63100("profile.banner_url is not a valid URL");
        RuleFor(profile => profile.PrivacyUrl).Url().Refuse63100("profile.privacy_url is not a valid URL");
        RuleFor(profile => profile.TermsOfServiceUrl).Url().Refuse63100("profile.terms_of_service_url is not a valid URL");
        RuleFor(profile => profile.AccentColor).Must(colour => string.IsNullOrEmpty(colour) || HexColour.IsMatch(colour))
            .Refuse63100("profile.accent_color must be a colour such as #1122ff");
        RuleFor(profile => profile.Vertical).Must(vertical => vertical is null || Verticals.Contains(vertical))
            .Refuse63100("profile.vertical is none of the allowed values");
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex HexColour { get; }
}

/// <summary>What holds for a channel sender, whether it is created or changed.</summary>
internal abstract class ChannelSenderRules<TForm> : AbstractValidator<TForm> where TForm : ChannelSenderForm
{
    /// <summary>Adds the rules of the objects; that of the sender itself comes before them.</summary>
    protected void AddSettings()
    {
        RuleFor(form => form.Configuration!).SetValidator(new ChannelSenderConfigurationRules());
        RuleFor(form => form.Webhook!).SetValidator(new ChannelSenderWebhookRules());
        RuleFor(form => form.Profile!).SetValidator(new ChannelSenderProfileRules());
    }
}

/// <summary>The address, then the objects.</summary>
internal sealed class CreateChannelSenderRules : ChannelSenderRules<CreateChannelSenderForm>
{
    /// <summary>The rules.</summary>
    public CreateChannelSenderRules()
    {
        RuleFor(form => form.SenderId).Must(id => !string.IsNullOrEmpty(id)).Refuse63100("sender_id is required");
        RuleFor(form => form.SenderId).Must(id => ChannelAddress.TryParse(id, out _))
            .Refuse63100("sender_id must be whatsapp: and a number in E.164, or rcs: and the name of an agent");
        AddSettings();
    }
}

/// <summary>The objects.</summary>
internal sealed class UpdateChannelSenderRules : ChannelSenderRules<UpdateChannelSenderForm>
{
    /// <summary>The rules.</summary>
    public UpdateChannelSenderRules() => AddSettings();
}

/// <summary>The channel must be named.</summary>
internal sealed class ListChannelSendersRules : AbstractValidator<ListChannelSendersForm>
{
    /// <summary>The rules.</summary>
    public ListChannelSendersRules()
    {
        RuleFor(form => form.Channel).Must(channel => !string.IsNullOrEmpty(channel)).ToApiError(_ => "Missing required parameter Channel in the query");
        RuleFor(form => form.Channel).OneOf("whatsapp", "rcs").ToApiError(value => $"Channel must be whatsapp or rcs, not '{value}'");
    }
}
