using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Api.Http;

/// <summary>The members of an A2P campaign in every response.</summary>
internal abstract record A2pCampaignMembers
{
    private static readonly A2pRateLimits Usual = new(new(600, "A"), new("TOP"));
    private static readonly A2pRateLimits OfSoleProprietors = new(new(0.25, "A"), new("LOW"));

    /// <summary>Shows a campaign.</summary>
    private protected A2pCampaignMembers(CampaignOfBrand found, DateTimeOffset now, HttpRequest request)
    {
        var (campaign, brand) = found;
        Sid = campaign.Sid;
        AccountSid = campaign.AccountSid;
        BrandRegistrationSid = campaign.BrandRegistrationSid;
        MessagingServiceSid = campaign.MessagingServiceSid;
        Description = campaign.Description;
        MessageSamples = campaign.MessageSamples;
        UsAppToPersonUsecase = campaign.UsAppToPersonUsecase;
        HasEmbeddedLinks = campaign.HasEmbeddedLinks;
        HasEmbeddedPhone = campaign.HasEmbeddedPhone;
        SubscriberOptIn = campaign.SubscriberOptIn;
        AgeGated = campaign.AgeGated;
        DirectLending = campaign.DirectLending;
        CampaignId = campaign.CampaignId;
        RateLimits = campaign.UsAppToPersonUsecase == A2pCampaignUseCases.SoleProprietor ? OfSoleProprietors : Usual;
        MessageFlow = campaign.MessageFlow;
        OptInMessage = campaign.OptInMessage;
        OptOutMessage = campaign.OptOutMessage;
        HelpMessage = campaign.HelpMessage;
        OptInKeywords = campaign.OptInKeywords;
        OptOutKeywords = campaign.OptOutKeywords;
        HelpKeywords = campaign.HelpKeywords;
        DateCreated = new(campaign.DateCreated);
        DateUpdated = new(campaign.UpdatedAt(now));
        CampaignStatus = EnumNames<CampaignStatus>.UpperOf(campaign.StatusAt(brand, now));
        IsExternallyRegistered = campaign.IsExternallyRegistered;
        Mock = brand is { Mock: true };
        Errors = RegistrationError.Of(campaign);
        Url = request.AbsoluteUrl($"/v1/Services/{campaign.MessagingServiceSid}/Compliance/Usa2p/{campaign.Sid}");
    }

    /// <summary>SID with the prefix QE.</summary>
    public Sid Sid { get; }

    /// <summary>The account that owns it.</summary>
    public Sid AccountSid { get; }

    /// <summary>The brand that it belongs to; null when it was registered elsewhere.</summary>
    public Sid? BrandRegistrationSid { get; }

    /// <summary>The Messaging Service that it registers.</summary>
    public Sid MessagingServiceSid { get; }

    /// <summary>The purpose of the campaign.</summary>
    public string Description { get; }

    /// <summary>Messages as they will be sent.</summary>
    public IReadOnlyList<string> MessageSamples { get; }

    /// <summary>One of the codes of use cases.</summary>
    public string UsAppToPersonUsecase { get; }

    /// <summary>Whether messages hold links.</summary>
    public bool HasEmbeddedLinks { get; }

    /// <summary>Whether messages hold phone numbers.</summary>
    public bool HasEmbeddedPhone { get; }

    /// <summary>Whether recipients have agreed.</summary>
    public bool SubscriberOptIn { get; }

    /// <summary>Whether messages are for adults only.</summary>
    public bool AgeGated { get; }

    /// <summary>Whether loans are offered.</summary>
    public bool DirectLending { get; }

    /// <summary>
    /// The status of the campaign: <c>PENDING</c>, <c>IN_PROGRESS</c>, <c>VERIFIED</c>, <c>FAILED</c> or
    /// <c>SUSPENDED</c>.
    /// </summary>
    public string CampaignStatus { get; }

    /// <summary>The campaign at The Campaign Registry, for example C and six letters or digits.</summary>
    public string CampaignId { get; }

    /// <summary>Whether it was registered elsewhere, with PreregisteredUsa2p.</summary>
    public bool IsExternallyRegistered { get; }

    /// <summary>The limits of carriers; the server does not enforce them.</summary>
    public A2pRateLimits RateLimits { get; }

    /// <summary>How people agree to get messages.</summary>
    public string MessageFlow { get; }

    /// <summary>The reply to an opt-in; null when there is none.</summary>
    public string? OptInMessage { get; }

    /// <summary>The reply to an opt-out.</summary>
    public string? OptOutMessage { get; }

    /// <summary>The reply to a request for help.</summary>
    public string? HelpMessage { get; }

    /// <summary>Words that mean opt-in.</summary>
    public IReadOnlyList<string> OptInKeywords { get; }

    /// <summary>Words that mean opt-out.</summary>
    public IReadOnlyList<string> OptOutKeywords { get; }

    /// <summary>Words that ask for help.</summary>
    public IReadOnlyList<string> HelpKeywords { get; }

    /// <summary>When it was registered; ISO 8601.</summary>
    public Iso8601Date DateCreated { get; }

    /// <summary>When it last changed; ISO 8601.</summary>
    public Iso8601Date DateUpdated { get; }

    /// <summary>The resource's address.</summary>
    public string Url { get; }

    /// <summary>Whether its brand is a mock.</summary>
    public bool Mock { get; }

    /// <summary>Why the registration failed; empty when it has not.</summary>
    public IReadOnlyList<RegistrationError> Errors { get; }
}

/// <summary>
/// An A2P campaign of a Messaging Service. Source: https://www.twilio.com/docs/messaging/api/usapptoperson-resource.
/// </summary>
internal sealed record A2pCampaignResource : A2pCampaignMembers
{
    private A2pCampaignResource(CampaignOfBrand campaign, DateTimeOffset now, HttpRequest request)
        : base(campaign, now, request) { }

    /// <summary>
    /// The resource of a campaign; with the two members more when the request names a version of the API.
    /// </summary>
    public static A2pCampaignMembers Of(
        CampaignOfBrand campaign, DateTimeOffset now, HttpRequest request, string? apiVersion = null) =>
        string.IsNullOrWhiteSpace(apiVersion) ? new A2pCampaignResource(campaign, now, request)
            : new VersionedA2pCampaignResource(campaign, now, request);
}

/// <summary>An A2P campaign as it is shown to requests with <c>X-Twilio-Api-Version</c>.</summary>
internal sealed record VersionedA2pCampaignResource : A2pCampaignMembers
{
    internal VersionedA2pCampaignResource(CampaignOfBrand campaign, DateTimeOffset now, HttpRequest request)
        : base(campaign, now, request)
    {
        PrivacyPolicyUrl = campaign.Campaign.PrivacyPolicyUrl;
        TermsAndConditionsUrl = campaign.Campaign.TermsAndConditionsUrl;
    }

    /// <summary>The URL of the privacy policy; null when that was not given.</summary>
    public string? PrivacyPolicyUrl { get; }

    /// <summary>The URL of the terms and conditions; null when that was not given.</summary>
    public string? TermsAndConditionsUrl { get; }
}

/// <summary>The limits of carriers for a campaign.</summary>
/// <param name="Att">AT&amp;T.</param>
/// <param name="Tmobile">T-Mobile.</param>
internal sealed record A2pRateLimits(A2pAttLimits Att, A2pTmobileLimits Tmobile);

/// <summary>The limits of AT&amp;T for a campaign.</summary>
/// <param name="Mps">Segments a second.</param>
/// <param name="MsgClass">The class of messages.</param>
internal sealed record A2pAttLimits(double Mps, string MsgClass);

/// <summary>The limits of T-Mobile for a campaign.</summary>
/// <param name="BrandTier">The tier of the brand, which limits messages a day.</param>
internal sealed record A2pTmobileLimits(string BrandTier);
