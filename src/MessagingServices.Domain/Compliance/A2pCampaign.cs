namespace MessagingServices.Domain.Compliance;

/// <summary>
/// The registration of a Messaging Service for application-to-person messages in the US (Twilio's
/// <c>UsAppToPerson</c>). It is verified as soon as it is created. Source:
/// https://www.twilio.com/docs/messaging/api/usapptoperson-resource.
/// </summary>
public sealed class A2pCampaign
{
    /// <summary>SID with the prefix <c>QE</c>.</summary>
    public Sid Sid { get; init; }

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private init; }

    public Sid AccountSid { get; init; }

    /// <summary>The Messaging Service whose numbers it covers. A service has at most one campaign.</summary>
    public Sid MessagingServiceSid { get; init; }

    /// <summary>SID of the brand (prefix <c>BN</c>).</summary>
    public Sid BrandRegistrationSid { get; init; }

    /// <summary>The ID at The Campaign Registry: <c>C</c> and six letters or digits.</summary>
    public string CampaignId { get; init; } = "";

    /// <summary>One of Twilio's use cases, such as <c>MARKETING</c>.</summary>
    public string UsAppToPersonUsecase { get; init; } = "";

    /// <summary>The purpose of the campaign, 40 to 4,096 characters.</summary>
    public string Description { get; set; } = "";

    /// <summary>How recipients opt in, 40 to 2,048 characters.</summary>
    public string MessageFlow { get; set; } = "";

    /// <summary>Two to five sample messages of 20 to 1,024 characters.</summary>
    public IReadOnlyList<string> MessageSamples { get; set; } = [];

    /// <summary>Whether messages contain links.</summary>
    public bool HasEmbeddedLinks { get; set; }

    /// <summary>Whether messages contain phone numbers.</summary>
    public bool HasEmbeddedPhone { get; set; }

    /// <summary>Whether recipients have opted in.</summary>
    public bool SubscriberOptIn { get; set; }

    /// <summary>Whether messages are for adults only.</summary>
    public bool AgeGated { get; set; }

    /// <summary>Whether messages offer loans.</summary>
    public bool DirectLending { get; set; }

    /// <summary>The reply to an opt-in, 20 to 320 characters.</summary>
    public string? OptInMessage { get; set; }

    /// <summary>The reply to an opt-out, 20 to 320 characters.</summary>
    public string? OptOutMessage { get; set; }

    /// <summary>The reply to a request for help, 20 to 320 characters.</summary>
    public string? HelpMessage { get; set; }

    /// <summary>Keywords for opt-in, 255 characters in total.</summary>
    public IReadOnlyList<string> OptInKeywords { get; set; } = [];

    /// <summary>Keywords for opt-out, 255 characters in total.</summary>
    public IReadOnlyList<string> OptOutKeywords { get; set; } = [];

    /// <summary>Keywords for help, 255 characters in total.</summary>
    public IReadOnlyList<string> HelpKeywords { get; set; } = [];

    public string? PrivacyPolicyUrl { get; set; }

    public string? TermsAndConditionsUrl { get; set; }

    public DateTimeOffset DateCreated { get; init; }

    public DateTimeOffset DateUpdated { get; set; }
}
