namespace MessagingServices.Domain.Compliance;

/// <summary>
/// The registration of a Messaging Service for application-to-person messages in the US (Twilio's <c>UsAppToPerson</c>). It is verified as
/// soon as it exists. Source: https://www.twilio.com/docs/messaging/api/usapptoperson-resource.
/// </summary>
public sealed class A2pCampaign
{
    /// <summary>SID with the prefix <c>QE</c>.</summary>
    public Sid Sid { get; init; }

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The account that owns it.</summary>
    public Sid AccountSid { get; init; }

    /// <summary>The Messaging Service whose numbers it covers; one service has one campaign.</summary>
    public Sid MessagingServiceSid { get; init; }

    /// <summary>SID of the brand (prefix <c>BN</c>).</summary>
    public Sid BrandRegistrationSid { get; init; }

    /// <summary>The campaign at The Campaign Registry: <c>C</c> and six letters or digits.</summary>
    public string CampaignId { get; init; } = "";

    /// <summary>One of Twilio's codes such as <c>MARKETING</c>.</summary>
    public string UsAppToPersonUsecase { get; init; } = "";

    /// <summary>What the campaign is for, 40 to 4,096 characters.</summary>
    public string Description { get; set; } = "";

    /// <summary>How people agree to get messages, 40 to 2,048 characters.</summary>
    public string MessageFlow { get; set; } = "";

    /// <summary>Two to five messages of 20 to 1,024 characters.</summary>
    public IReadOnlyList<string> MessageSamples { get; set; } = [];

    /// <summary>Whether messages hold links.</summary>
    public bool HasEmbeddedLinks { get; set; }

    /// <summary>Whether messages hold phone numbers.</summary>
    public bool HasEmbeddedPhone { get; set; }

    /// <summary>Whether recipients have agreed.</summary>
    public bool SubscriberOptIn { get; set; }

    /// <summary>Whether messages are for adults only.</summary>
    public bool AgeGated { get; set; }

    /// <summary>Whether loans are offered.</summary>
    public bool DirectLending { get; set; }

    /// <summary>The answer to an opt-in, 20 to 320 characters.</summary>
    public string? OptInMessage { get; set; }

    /// <summary>The answer to an opt-out, 20 to 320 characters.</summary>
    public string? OptOutMessage { get; set; }

    /// <summary>The answer to a call for help, 20 to 320 characters.</summary>
    public string? HelpMessage { get; set; }

    /// <summary>Words that mean opt-in, 255 characters in all.</summary>
    public IReadOnlyList<string> OptInKeywords { get; set; } = [];

    /// <summary>Words that mean opt-out, 255 characters in all.</summary>
    public IReadOnlyList<string> OptOutKeywords { get; set; } = [];

    /// <summary>Words that call for help, 255 characters in all.</summary>
    public IReadOnlyList<string> HelpKeywords { get; set; } = [];

    /// <summary>Where the privacy policy stands.</summary>
    public string? PrivacyPolicyUrl { get; set; }

    /// <summary>Where the terms and conditions stand.</summary>
    public string? TermsAndConditionsUrl { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset DateCreated { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset DateUpdated { get; set; }
}
