namespace MessagingServices.Server.Api.Http;

/// <summary>A brand. Source: https://www.twilio.com/docs/messaging/api/brand-registration-resource.</summary>
internal sealed record BrandResource
{
    private const int Score = 75;

    /// <summary>SID with the prefix BN.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>SID of the customer profile, prefix BU.</summary>
    public required Sid CustomerProfileBundleSid { get; init; }

    /// <summary>SID of the messaging profile, prefix BU.</summary>
    public required Sid A2pProfileBundleSid { get; init; }

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When it last changed, by a request or by the clock; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary><c>STANDARD</c> or <c>SOLE_PROPRIETOR</c>.</summary>
    public required string BrandType { get; init; }

    /// <summary>
    /// <c>PENDING</c>, <c>IN_REVIEW</c>, <c>APPROVED</c>, <c>FAILED</c>, <c>SUSPENDED</c>, <c>DELETION_PENDING</c> or
    /// <c>DELETION_FAILED</c>.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>The brand at The Campaign Registry; null until it is approved.</summary>
    public required string? TcrId { get; init; }

    /// <summary>Why it failed, in words; null when it has not.</summary>
    public required string? FailureReason { get; init; }

    /// <summary>Why it failed; empty when it has not.</summary>
    public required IReadOnlyList<RegistrationError> Errors { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The score of the secondary vetting of an approved standard brand; null without one.</summary>
    public required int? BrandScore { get; init; }

    /// <summary>Feedback on the score: always empty. Twilio does not use it any more.</summary>
    public IReadOnlyList<string> BrandFeedback { get; } = [];

    /// <summary><c>UNVERIFIED</c>, <c>SELF_DECLARED</c>, <c>VERIFIED</c> or <c>VETTED_VERIFIED</c>.</summary>
    public required string IdentityStatus { get; init; }

    /// <summary>Whether it is one of the Russell 3000 companies: never.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("russell_3000")]
    public bool Russell3000 { get; }

    /// <summary>Whether it is a part of a government: never.</summary>
    public bool GovernmentEntity { get; }

    /// <summary>Which tax exemption it has: none.</summary>
    public string? TaxExemptStatus { get; }

    /// <summary>Whether it gets no secondary vetting.</summary>
    public required bool SkipAutomaticSecVet { get; init; }

    /// <summary>Whether it is only for tests.</summary>
    public required bool Mock { get; init; }

    /// <summary>The addresses of its vettings and its one-time passwords.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; }

    /// <summary>The resource of a brand, its addresses on the host that the request came to.</summary>
    public static BrandResource Of(Brand brand, DateTimeOffset now, HttpRequest request)
    {
        var url = request.AbsoluteUrl($"/v1/a2p/BrandRegistrations/{brand.Sid}");
        var status = brand.StatusAt(now);
        var isApproved = status is BrandStatus.Approved or BrandStatus.Suspended;
        return new()
        {
            Sid = brand.Sid,
            AccountSid = brand.AccountSid,
            CustomerProfileBundleSid = brand.CustomerProfileBundleSid,
            A2pProfileBundleSid = brand.A2pProfileBundleSid,
            DateCreated = new(brand.DateCreated),
            DateUpdated = new(brand.UpdatedAt(now)),
            BrandType = EnumNames<BrandType>.UpperOf(brand.BrandType),
            Status = EnumNames<BrandStatus>.UpperOf(status),
            TcrId = isApproved ? brand.TcrId : null,
            FailureReason = brand.Reason,
            Errors = RegistrationError.Of(brand),
            Url = url,
            BrandScore = isApproved && brand.HasScore ? Score : null,
            IdentityStatus = EnumNames<BrandIdentityStatus>.UpperOf(brand.IdentityAt(now)),
            SkipAutomaticSecVet = brand.SkipAutomaticSecVet,
            Mock = brand.Mock,
            Links = new Dictionary<string, string>
            {
                ["brand_vettings"] = $"{url}/Vettings",
                ["brand_registration_otps"] = $"{url}/SmsOtp",
            },
        };
    }
}

/// <summary>The answer to a new one-time password.</summary>
/// <param name="AccountSid">The account that owns the brand.</param>
/// <param name="BrandRegistrationSid">The brand.</param>
internal sealed record BrandOtpResource(Sid AccountSid, Sid BrandRegistrationSid);
