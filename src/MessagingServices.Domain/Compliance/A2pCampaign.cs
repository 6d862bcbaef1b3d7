namespace MessagingServices.Domain.Compliance;

/// <summary>
/// The registration of a Messaging Service for application-to-person messages in the US (Twilio's
/// <c>UsAppToPerson</c>). With a brand that the account has registered it is reviewed, and depends on the brand; with
/// any other brand it is verified as soon as it is created. Source:
/// https://www.twilio.com/docs/messaging/api/usapptoperson-resource.
/// </summary>
public sealed class A2pCampaign : Registration
{
    /// <summary>The Messaging Service whose numbers it covers. A service has at most one campaign.</summary>
    public Sid MessagingServiceSid { get; init; }

    /// <summary>SID of the brand (prefix <c>BN</c>); null for a campaign that was registered elsewhere.</summary>
    public Sid? BrandRegistrationSid { get; init; }

    /// <summary>Whether it was registered elsewhere, at The Campaign Registry itself.</summary>
    public bool IsExternallyRegistered { get; init; }

    /// <summary>The status that the emulator API has forced; null when it follows the clock.</summary>
    public CampaignStatus? Forced { get; private set; }

    /// <summary>The ID at The Campaign Registry, for example <c>C</c> and six letters or digits.</summary>
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

    /// <summary>The status at a time of the account's clock.</summary>
    /// <param name="brand">The brand; null when the account has none with that SID.</param>
    /// <param name="now">The time of the account's clock.</param>
    public CampaignStatus StatusAt(Brand? brand, DateTimeOffset now) =>
        StatusAt(Forced, ReviewFrom, DecidedAt, brand, now);

    /// <summary>Checks whether the campaign can be changed; one that has failed is submitted again.</summary>
    /// <param name="brand">The brand; null when the account has none with that SID.</param>
    /// <param name="now">The time of the account's clock.</param>
    /// <param name="periods">How long it stays in each status.</param>
    /// <exception cref="TwilioException">21731 for a suspended brand, 21729 for a suspended campaign.</exception>
    public void Edit(Brand? brand, DateTimeOffset now, ReviewPeriods periods)
    {
        if (brand?.StatusAt(now) == BrandStatus.Suspended)
            throw new TwilioException(MessagingError.BrandSuspended.ToApiError());
        var status = StatusAt(brand, now);
        if (status == CampaignStatus.Suspended)
            throw new TwilioException(MessagingError.CampaignSuspended.ToApiError());
        if (status != CampaignStatus.Failed) return;
        Forced = null;
        Submit(now, periods);
    }

    /// <summary>Forces a status. A brand that is not approved still keeps it from being verified.</summary>
    public void Force(CampaignStatus status, DateTimeOffset now, int? errorCode, string? reason)
    {
        Forced = status;
        Force(now, errorCode, reason);
    }

    /// <summary>What the campaign decides for the messages of its numbers to the US.</summary>
    /// <param name="forced">Its forced status, if any.</param>
    /// <param name="reviewFrom">When its review begins.</param>
    /// <param name="decidedAt">When its review ends.</param>
    /// <param name="brand">The brand; null when the account has none with that SID.</param>
    /// <param name="now">The time of the account's clock.</param>
    public static CampaignStanding StandingAt(
        CampaignStatus? forced, DateTimeOffset? reviewFrom, DateTimeOffset? decidedAt, Brand? brand,
        DateTimeOffset now) => StatusAt(forced, reviewFrom, decidedAt, brand, now) switch
    {
        CampaignStatus.Suspended => CampaignStanding.Suspended,
        CampaignStatus.Pending or CampaignStatus.InProgress or CampaignStatus.Failed => CampaignStanding.NotVerified,
        CampaignStatus.Verified => brand is { Mock: true } ? CampaignStanding.Mock
            : brand?.AwaitsOwnerAt(now) == true ? CampaignStanding.Filtered
            : CampaignStanding.Registered,
    };

    private static CampaignStatus StatusAt(
        CampaignStatus? forced, DateTimeOffset? reviewFrom, DateTimeOffset? decidedAt, Brand? brand,
        DateTimeOffset now)
    {
        var own = forced
            ?? At(
                now, reviewFrom, decidedAt, CampaignStatus.Pending, CampaignStatus.InProgress, CampaignStatus.Verified);
        if (brand is null || own is CampaignStatus.Failed or CampaignStatus.Suspended) return own;
        return brand.StatusAt(now) switch
        {
            BrandStatus.Approved => own,
            BrandStatus.Suspended => CampaignStatus.Suspended,
            BrandStatus.Pending or BrandStatus.InReview or BrandStatus.Failed or BrandStatus.DeletionPending
                or BrandStatus.DeletionFailed => CampaignStatus.Pending,
        };
    }
}
