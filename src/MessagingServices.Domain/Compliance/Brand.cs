namespace MessagingServices.Domain.Compliance;

/// <summary>
/// A business that registers for application-to-person messages in the US (Twilio's <c>BrandRegistration</c>). Source:
/// https://www.twilio.com/docs/messaging/api/brand-registration-resource.
/// </summary>
public sealed class Brand : Registration
{
    /// <summary>How often a failed brand may be submitted again.</summary>
    public const int MaxUpdates = 3;

    /// <summary>How many campaigns a standard brand has at most.</summary>
    public const int MaxCampaigns = 50;

    /// <summary>How long the owner of a sole proprietor brand may take to answer the one-time password.</summary>
    public static readonly TimeSpan OtpLifetime = TimeSpan.FromHours(24);

    /// <summary>SID of the customer profile (prefix <c>BU</c>).</summary>
    public Sid CustomerProfileBundleSid { get; init; }

    /// <summary>SID of the messaging profile (prefix <c>BU</c>).</summary>
    public Sid A2pProfileBundleSid { get; init; }

    /// <summary>Whether it is a business without a tax number, or one with it.</summary>
    public BrandType BrandType { get; init; }

    /// <summary>Whether it is only for tests: its campaigns register no numbers.</summary>
    public bool Mock { get; init; }

    /// <summary>Whether it gets no secondary vetting, and so no score.</summary>
    public bool SkipAutomaticSecVet { get; init; }

    /// <summary>How often it was submitted again.</summary>
    public int UpdateCount { get; private set; }

    /// <summary>The status that the emulator API has forced; null when it follows the clock.</summary>
    public BrandStatus? Forced { get; private set; }

    /// <summary>The identity that the emulator API has forced; null when it follows the clock.</summary>
    public BrandIdentityStatus? ForcedIdentity { get; private set; }

    /// <summary>
    /// When the identity is verified; null when it never is, because the owner does not answer in time.
    /// </summary>
    public DateTimeOffset? VerifiedAt { get; private set; }

    /// <summary>When the first of its vettings succeeds; null for none.</summary>
    public DateTimeOffset? VettedAt { get; private set; }

    /// <summary>Whether it gets a score when it is approved: a standard brand that does not skip the vetting.</summary>
    public bool HasScore => BrandType == BrandType.Standard && !SkipAutomaticSecVet;

    /// <summary>How many campaigns it may have.</summary>
    public int CampaignLimit => BrandType == BrandType.SoleProprietor ? 1 : MaxCampaigns;

    /// <summary>The ID at The Campaign Registry, from the approval on: <c>B</c> and six letters or digits.</summary>
    public string TcrId => $"B{Sid.Value[^6..].ToUpperInvariant()}";

    /// <summary>The status at a time of the account's clock.</summary>
    public BrandStatus StatusAt(DateTimeOffset now) => Forced
        ?? At(now, ReviewFrom, DecidedAt, BrandStatus.Pending, BrandStatus.InReview, BrandStatus.Approved);

    /// <summary>How sure the identity is at a time of the account's clock.</summary>
    public BrandIdentityStatus IdentityAt(DateTimeOffset now) => ForcedIdentity
        ?? (StatusAt(now) is not (BrandStatus.Approved or BrandStatus.Suspended) || !(VerifiedAt <= now)
            ? BrandIdentityStatus.Unverified
            : VettedAt <= now ? BrandIdentityStatus.VettedVerified : BrandIdentityStatus.Verified);

    /// <summary>Whether the owner of a sole proprietor brand has still to answer the one-time password.</summary>
    public bool AwaitsOwnerAt(DateTimeOffset now) => BrandType == BrandType.SoleProprietor
        && IdentityAt(now) is BrandIdentityStatus.Unverified or BrandIdentityStatus.SelfDeclared;

    /// <summary>Submits the brand.</summary>
    /// <param name="now">The time of the account's clock.</param>
    /// <param name="periods">How long it stays in each status.</param>
    /// <param name="otp">How long the owner of a sole proprietor brand takes to answer.</param>
    public void Submit(DateTimeOffset now, ReviewPeriods periods, TimeSpan otp)
    {
        Submit(now, periods);
        (Forced, ForcedIdentity, VettedAt) = (null, null, null);
        VerifiedAt = Answered(DecidedAt!.Value, otp);
    }

    /// <summary>Submits a failed brand again.</summary>
    /// <inheritdoc cref="Submit(DateTimeOffset, ReviewPeriods, TimeSpan)"/>
    /// <exception cref="TwilioException">21731 for a suspended brand, 21725 for one that has not failed, 21724 for one
    /// that was submitted again too often.</exception>
    public void SubmitAgain(DateTimeOffset now, ReviewPeriods periods, TimeSpan otp)
    {
        var status = StatusAt(now);
        if (status == BrandStatus.Suspended) throw new TwilioException(MessagingError.BrandSuspended.ToApiError());
        if (status != BrandStatus.Failed) throw new TwilioException(MessagingError.BrandNotFailed.ToApiError());
        if (UpdateCount >= MaxUpdates) throw new TwilioException(MessagingError.BrandUpdatedTooOften.ToApiError());
        UpdateCount++;
        Submit(now, periods, otp);
    }

    /// <summary>Sends the owner of a sole proprietor brand a new one-time password.</summary>
    /// <param name="now">The time of the account's clock.</param>
    /// <param name="otp">How long the owner takes to answer.</param>
    /// <exception cref="TwilioException">20001 for a brand of another type, 21731 for a suspended one, 21717 for one
    /// that is not approved.</exception>
    public void SendOtp(DateTimeOffset now, TimeSpan otp)
    {
        if (BrandType != BrandType.SoleProprietor)
            throw new TwilioException(MessagingError.BadParameter.ToApiError(
                $"Brand Registration {Sid} is not a sole proprietor brand: it has no OTP"));
        RequireApproved(now);
        if (!AwaitsOwnerAt(now)) return;
        ForcedIdentity = null;
        VerifiedAt = Answered(now, otp);
    }

    /// <summary>Checks that the brand is approved, as campaigns and vettings need it.</summary>
    /// <exception cref="TwilioException">21731 for a suspended brand, 21717 for one that is not approved.</exception>
    public void RequireApproved(DateTimeOffset now)
    {
        var status = StatusAt(now);
        if (status == BrandStatus.Suspended) throw new TwilioException(MessagingError.BrandSuspended.ToApiError());
        if (status != BrandStatus.Approved) throw new TwilioException(MessagingError.InvalidBrand.ToApiError(Sid));
    }

    /// <summary>Notes when a new vetting succeeds. The earliest success of all vettings counts.</summary>
    public void Vet(BrandVetting vetting)
    {
        if (!(VettedAt <= vetting.SuccessAt)) VettedAt = vetting.SuccessAt;
    }

    /// <summary>Notes that the status of a vetting was forced. The earliest success of all vettings counts.</summary>
    /// <param name="changed">The vetting, with its new status.</param>
    /// <param name="others">The other vettings of the brand.</param>
    public void VetAgain(BrandVetting changed, IEnumerable<BrandVetting> others)
    {
        // Vettings that succeeded earlier are of the time before the brand was submitted again.
        var counted = others.Select(other => other.SuccessAt).Where(success => success >= VettedAt);
        VettedAt = counted.Append(changed.SuccessAt).Min();
    }

    /// <summary>Forces a status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="now">The time of the account's clock.</param>
    /// <param name="otp">How long the owner of a sole proprietor brand takes to answer.</param>
    /// <param name="errorCode">Why it failed; null for none.</param>
    /// <param name="reason">Why it failed, in words; null for none.</param>
    public void Force(BrandStatus status, DateTimeOffset now, TimeSpan otp, int? errorCode, string? reason)
    {
        var wasApproved = StatusAt(now) is BrandStatus.Approved or BrandStatus.Suspended;
        Forced = status;
        if (status == BrandStatus.Approved && !wasApproved) VerifiedAt = Answered(now, otp);
        Force(now, errorCode, reason);
    }

    /// <summary>
    /// Forces the identity: <see cref="BrandIdentityStatus.Unverified"/> means that the owner has not answered.
    /// </summary>
    public void Force(BrandIdentityStatus identity, DateTimeOffset now) =>
        (ForcedIdentity, DateUpdated) = (identity, now);

    private DateTimeOffset? Answered(DateTimeOffset sent, TimeSpan otp) =>
        BrandType == BrandType.Standard ? sent : otp <= OtpLifetime ? sent + otp : null;
}

/// <summary>The types of brands.</summary>
public enum BrandType
{
    Standard,
    SoleProprietor,
}

/// <summary>The statuses of a brand.</summary>
public enum BrandStatus
{
    Pending,
    Approved,
    Failed,
    InReview,
    DeletionPending,
    DeletionFailed,
    Suspended,
}

/// <summary>How sure The Campaign Registry is who the brand is.</summary>
public enum BrandIdentityStatus
{
    SelfDeclared,
    Unverified,
    Verified,
    VettedVerified,
}
