using System.Text.RegularExpressions;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2;

/// <summary>
/// The settings of a channel sender. A member that is absent or null stays as it is, also within the objects; an empty
/// text clears. Nothing of it changes how messages are sent.
/// </summary>
internal abstract record ChannelSenderForm
{
    /// <summary>A label that recipients do not see, at most 256 characters.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>How it is set up.</summary>
    public ChannelSenderConfiguration? Configuration { get; init; }

    /// <summary>The webhooks of the sender.</summary>
    public ChannelSenderWebhook? Webhook { get; init; }

    /// <summary>The profile that recipients see.</summary>
    public ChannelSenderProfile? Profile { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    public virtual void ApplyTo(ChannelSender sender)
    {
        sender.FriendlyName = FriendlyName.OrKeepNullable(sender.FriendlyName);
        sender.Configuration = Configuration.OrKeep(sender.Configuration);
        sender.Webhook = Webhook.OrKeep(sender.Webhook);
        sender.Profile = Profile.OrKeep(sender.Profile);
    }
}

/// <summary>
/// The parameters to create a channel sender. Source:
/// https://www.twilio.com/docs/whatsapp/api/senders#create-a-whatsapp-sender.
/// </summary>
internal sealed record CreateChannelSenderForm : ChannelSenderForm
{
    /// <summary>
    /// <c>whatsapp:</c> and a number in E.164, or <c>rcs:</c> and the agent's name (at most 64 letters, digits and
    /// <c>_-.@</c>). Required.
    /// </summary>
    public string? SenderId { get; init; }

    /// <summary>The address of its messages; the rules have checked the text.</summary>
    internal ChannelAddress ToAddress() => ChannelAddress.TryParse(SenderId, out var address)
        ? address
        : throw new InvalidOperationException("The form was not checked.");
}

/// <summary>How a channel sender is changed; all is optional.</summary>
internal sealed record UpdateChannelSenderForm : ChannelSenderForm
{
    /// <summary>The compliance of an RCS sender; a WhatsApp sender has none.</summary>
    public ChannelSenderComplianceForm? Compliance { get; init; }

    /// <inheritdoc/>
    /// <exception cref="TwilioException">63100 for the compliance of a WhatsApp sender.</exception>
    public override void ApplyTo(ChannelSender sender)
    {
        if (Compliance is not null && sender.Channel != Channel.Rcs)
            throw new TwilioException(
                MessagingError.InvalidChannelSender.ToApiError("compliance is of RCS senders only"));
        base.ApplyTo(sender);
        sender.ComplianceRegistrationSid = (Compliance?.RegistrationSid)
            .OrKeepNullable(sender.ComplianceRegistrationSid);
    }
}

/// <summary>Which channel senders to list.</summary>
internal sealed record ListChannelSendersForm
{
    /// <summary>The channel of the sender: <c>whatsapp</c> or <c>rcs</c>. Required.</summary>
    public string? Channel { get; init; }

    /// <summary>The channel; the word was checked.</summary>
    internal Channel ToChannel() => "rcs".Equals(
        Channel, StringComparison.OrdinalIgnoreCase) ? Domain.Senders.Channel.Rcs : Domain.Senders.Channel.WhatsApp;
}

/// <summary>JSON that cannot be read is refused with 63100.</summary>
internal sealed class ChannelSenderBinder() : JsonBinder(MessagingError.InvalidChannelSender);

/// <summary>The error for all that is wrong in the JSON of a channel sender: code 63100.</summary>
internal static class ChannelSenderErrors
{
    public static IRuleBuilderOptions<T, string?> Error63100<T>(
        this IRuleBuilderOptions<T, string?> rule, string reason) =>
        rule.WithState((_, _) => MessagingError.InvalidChannelSender.ToApiError(reason));
}

/// <summary>Words are Twilio's, or empty to clear.</summary>
internal sealed class ChannelSenderConfigurationRules : AbstractValidator<ChannelSenderConfiguration>
{
    public ChannelSenderConfigurationRules()
    {
        RuleFor(configuration => configuration.VerificationMethod)
            .Must(FieldShape.OneOf(["sms", "voice"]), method => method is null or "" or "sms" or "voice")
            .Error63100("configuration.verification_method must be sms or voice");
        RuleFor(configuration => configuration.VoiceApplicationSid)
            .SidOf("AP")
            .Error63100("configuration.voice_application_sid is not a valid SID");
        RuleFor(configuration => configuration.AccountType)
            .Must(FieldShape.OneOf(["ISV", "ISVSubAccount"]), type => type is null or "" or "ISV" or "ISVSubAccount")
            .Error63100("configuration.account_type must be ISV or ISVSubAccount");
    }
}

/// <summary>URLs can be called, methods are known, or both are empty to clear.</summary>
internal sealed class ChannelSenderWebhookRules : AbstractValidator<ChannelSenderWebhook>
{
    public ChannelSenderWebhookRules()
    {
        RuleFor(webhook => webhook.CallbackUrl).Url().Error63100("webhook.callback_url is not a valid URL");
        RuleFor(webhook => webhook.CallbackMethod)
            .Must(FieldShape.OneOf(["POST", "PUT"]), method => method is null or "" or "POST" or "PUT")
            .Error63100("webhook.callback_method must be POST or PUT");
        RuleFor(webhook => webhook.FallbackUrl).Url().Error63100("webhook.fallback_url is not a valid URL");
        RuleFor(webhook => webhook.FallbackMethod)
            .Must(FieldShape.OneOf(["POST", "PUT"]), method => method is null or "" or "POST" or "PUT")
            .Error63100("webhook.fallback_method must be POST or PUT");
        RuleFor(webhook => webhook.StatusCallbackUrl).Url()
            .Error63100("webhook.status_callback_url is not a valid URL");
        RuleFor(webhook => webhook.StatusCallbackMethod)
            .Must(
                FieldShape.OneOf(["GET", "POST", "PUT"]), method => method is null or "" or "GET" or "POST" or "PUT")
            .Error63100("webhook.status_callback_method must be GET, POST or PUT");
    }
}

/// <summary>URLs, colour and line of business are such, or empty to clear.</summary>
internal sealed partial class ChannelSenderProfileRules : AbstractValidator<ChannelSenderProfile>
{
    /// <summary>The lines of business that Twilio knows.</summary>
    private static readonly string[] Verticals =
    [
        "", "Alcohol", "Automotive", "Beauty, Spa and Salon", "Clothing and Apparel", "Education", "Entertainment",
        "Event Planning and Service", "Finance and Banking", "Food and Grocery", "Hotel and Lodging",
        "Matrimony Service", "Medical and Health", "Non-profit", "Online Gambling", "OTC Drugs", "Other",
        "Physical Gambling", "Professional Services", "Public Service", "Restaurant", "Shopping and Retail",
        "Travel and Transportation",
    ];

    public ChannelSenderProfileRules()
    {
        RuleFor(profile => profile.LogoUrl).Url().Error63100("profile.logo_url is not a valid URL");
        RuleFor(profile => profile.BannerUrl).Url().Error63100("profile.banner_url is not a valid URL");
        RuleFor(profile => profile.PrivacyUrl).Url().Error63100("profile.privacy_url is not a valid URL");
        RuleFor(profile => profile.TermsOfServiceUrl).Url()
            .Error63100("profile.terms_of_service_url is not a valid URL");
        RuleFor(profile => profile.AccentColor)
            .Must(
                new() { Pattern = HexColour.ToString() },
                colour => string.IsNullOrEmpty(colour) || HexColour.IsMatch(colour))
            .Error63100("profile.accent_color must be a colour such as #1122ff");
        RuleFor(profile => profile.UseCase)
            .Must(
                FieldShape.OneOf(["PROMOTIONAL", "TRANSACTIONAL", "OTP", "MULTI_USE"]),
                useCase => useCase is null or "" or "PROMOTIONAL" or "TRANSACTIONAL" or "OTP" or "MULTI_USE")
            .Error63100("profile.use_case must be PROMOTIONAL, TRANSACTIONAL, OTP or MULTI_USE");
        RuleForEach(profile => profile.Websites).Must(website => string.IsNullOrEmpty(website?.Website)
            || HttpUrl.IsValid(website.Website))
            .WithState(_ => MessagingError.InvalidChannelSender.ToApiError(
                "profile.websites: a website is not a valid URL"));
        RuleFor(profile => profile.Vertical)
            .Must(FieldShape.OneOf(Verticals), vertical => vertical is null || Verticals.Contains(vertical))
            .Error63100("profile.vertical is none of the allowed values");
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex HexColour { get; }
}

/// <summary>The rules for a channel sender, whether it is created or changed.</summary>
internal abstract class ChannelSenderRules<TForm> : AbstractValidator<TForm> where TForm : ChannelSenderForm
{
    private const int MaxName = 256;

    /// <summary>Adds the rules of the objects; that of the sender itself comes before them.</summary>
    protected void AddSettings()
    {
        RuleFor(form => form.FriendlyName).AtMost(MaxName)
            .Error63100($"friendly_name exceeds {MaxName} characters");
        RuleFor(form => form.Configuration!).SetValidator(new ChannelSenderConfigurationRules());
        RuleFor(form => form.Webhook!).SetValidator(new ChannelSenderWebhookRules());
        RuleFor(form => form.Profile!).SetValidator(new ChannelSenderProfileRules());
    }
}

/// <summary>The address, then the objects.</summary>
internal sealed class CreateChannelSenderRules : ChannelSenderRules<CreateChannelSenderForm>
{
    public CreateChannelSenderRules()
    {
        RuleFor(form => form.SenderId).Given().Error63100("sender_id is required");
        RuleFor(form => form.SenderId).Must(id => ChannelAddress.TryParse(id, out _))
            .Error63100("sender_id must be whatsapp: and a number in E.164, or rcs: and the name of an agent");
        AddSettings();
    }
}

/// <summary>The rules for updates of a sender.</summary>
internal sealed class UpdateChannelSenderRules : ChannelSenderRules<UpdateChannelSenderForm>
{
    public UpdateChannelSenderRules() => AddSettings();
}

/// <summary>The channel must be named.</summary>
internal sealed class ListChannelSendersRules : AbstractValidator<ListChannelSendersForm>
{
    public ListChannelSendersRules()
    {
        RuleFor(form => form.Channel).Given()
            .ToApiError(_ => "Missing required parameter Channel in the query");
        RuleFor(form => form.Channel).OneOf("whatsapp", "rcs")
            .ToApiError(value => $"Channel must be whatsapp or rcs, not '{value}'");
    }
}
