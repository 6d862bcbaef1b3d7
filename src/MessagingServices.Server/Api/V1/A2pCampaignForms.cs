using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>What of an A2P campaign can be given at its registration and changed later.</summary>
internal abstract record A2pCampaignForm
{
    /// <summary>What the campaign is for, 40 to 4,096 characters. Required.</summary>
    public string? Description { get; init; }

    /// <summary>How people agree to get messages, 40 to 2,048 characters. Required.</summary>
    public string? MessageFlow { get; init; }

    /// <summary>A message as it will be sent, 20 to 1,024 characters; repeated for two to five. Required.</summary>
    public string[]? MessageSamples { get; init; }

    /// <summary>Whether messages hold links. Required.</summary>
    public string? HasEmbeddedLinks { get; init; }

    /// <summary>Whether messages hold phone numbers. Required.</summary>
    public string? HasEmbeddedPhone { get; init; }

    /// <summary>Where the privacy policy stands.</summary>
    public string? PrivacyPolicyUrl { get; init; }

    /// <summary>Where the terms and conditions stand.</summary>
    public string? TermsAndConditionsUrl { get; init; }

    /// <summary>Takes the form over; it was checked.</summary>
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

/// <summary>The parameters with which an A2P campaign is registered. Source: https://www.twilio.com/docs/messaging/api/usapptoperson-resource.</summary>
internal sealed record CreateA2pCampaignForm : A2pCampaignForm
{
    private const string OptedOut =
        "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.";

    private const string Help = "Reply STOP to unsubscribe. Msg&Data Rates May Apply.";

    private static readonly string[] StopWords = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"];
    private static readonly string[] HelpWords = ["HELP", "INFO"];

    /// <summary>SID of the brand (BN); any is taken for registered. Required.</summary>
    public string? BrandRegistrationSid { get; init; }

    /// <summary>One of the codes that <c>Usecases</c> lists, or <c>SOLE_PROPRIETOR</c>. Required.</summary>
    public string? UsAppToPersonUsecase { get; init; }

    /// <summary>The answer to an opt-in, 20 to 320 characters.</summary>
    public string? OptInMessage { get; init; }

    /// <summary>The answer to an opt-out, 20 to 320 characters; Twilio's own by default.</summary>
    public string? OptOutMessage { get; init; }

    /// <summary>The answer to a call for help, 20 to 320 characters; Twilio's own by default.</summary>
    public string? HelpMessage { get; init; }

    /// <summary>A word that means opt-in; repeated for several, 255 characters in all.</summary>
    public string[]? OptInKeywords { get; init; }

    /// <summary>A word that means opt-out; repeated for several, 255 characters in all. Twilio's own by default.</summary>
    public string[]? OptOutKeywords { get; init; }

    /// <summary>A word that calls for help; repeated for several, 255 characters in all. Twilio's own by default.</summary>
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
