namespace MessagingServices.Domain.Compliance;

/// <summary>
/// The verification that a toll-free number needs to send to the US and Canada. Source:
/// https://www.twilio.com/docs/messaging/api/tollfree-verification-resource.
/// </summary>
public sealed class TollfreeVerification : Registration
{
    /// <summary>How long a rejected verification can be edited.</summary>
    public static readonly TimeSpan EditPeriod = TimeSpan.FromDays(7);

    /// <summary>The rejection at the customer's own wish, which cannot be edited.</summary>
    private const int CanceledByCustomer = 30481;

    /// <summary>The number's SID (prefix <c>PN</c>).</summary>
    public Sid TollfreePhoneNumberSid { get; init; }

    /// <summary>The number in E.164.</summary>
    public string TollfreePhoneNumber { get; init; } = "";

    /// <summary>SID of the customer profile (prefix <c>BU</c>); null for none.</summary>
    public string? CustomerProfileSid { get; init; }

    /// <summary>The caller's own ID; null for none.</summary>
    public string? ExternalReferenceId { get; init; }

    public string BusinessName { get; set; } = "";

    public string BusinessWebsite { get; set; } = "";

    public string NotificationEmail { get; set; } = "";

    public IReadOnlyList<string> UseCaseCategories { get; set; } = [];

    public string UseCaseSummary { get; set; } = "";

    public string ProductionMessageSample { get; set; } = "";

    public IReadOnlyList<string> OptInImageUrls { get; set; } = [];

    public string OptInType { get; set; } = "";

    public string MessageVolume { get; set; } = "";

    public string? BusinessStreetAddress { get; set; }

    public string? BusinessStreetAddress2 { get; set; }

    public string? BusinessCity { get; set; }

    public string? BusinessStateProvinceRegion { get; set; }

    public string? BusinessPostalCode { get; set; }

    public string? BusinessCountry { get; set; }

    public string? AdditionalInformation { get; set; }

    public string? BusinessContactFirstName { get; set; }

    public string? BusinessContactLastName { get; set; }

    public string? BusinessContactEmail { get; set; }

    public string? BusinessContactPhone { get; set; }

    public string? BusinessRegistrationNumber { get; set; }

    public string? BusinessRegistrationAuthority { get; set; }

    public string? BusinessRegistrationCountry { get; set; }

    public string? BusinessType { get; set; }

    public string? BusinessRegistrationPhoneNumber { get; set; }

    public string? DoingBusinessAs { get; set; }

    public string? OptInConfirmationMessage { get; set; }

    public string? HelpMessageSample { get; set; }

    public string? PrivacyPolicyUrl { get; set; }

    public string? TermsAndConditionsUrl { get; set; }

    public bool? AgeGatedContent { get; set; }

    public IReadOnlyList<string>? OptInKeywords { get; set; }

    public string? VettingProvider { get; set; }

    public string? VettingId { get; set; }

    /// <summary>The status that the emulator API has forced; null when it follows the clock.</summary>
    public TollfreeStatus? Forced { get; private set; }

    /// <summary>When a rejected verification can no longer be edited; null for one that is not rejected.</summary>
    public DateTimeOffset? EditExpiration =>
        Forced == TollfreeStatus.TwilioRejected ? ForcedAt + EditPeriod : null;

    /// <summary>The status at a time of the account's clock.</summary>
    public TollfreeStatus StatusAt(DateTimeOffset now) => Forced
        ?? At(
            now, ReviewFrom, DecidedAt, TollfreeStatus.PendingReview, TollfreeStatus.InReview,
            TollfreeStatus.TwilioApproved);

    /// <summary>Whether a rejected verification can be edited; null for one that is not rejected.</summary>
    public bool? IsEditableAt(DateTimeOffset now) =>
        EditExpiration is { } end ? now < end && ErrorCode != CanceledByCustomer : null;

    /// <summary>
    /// Prepares a change: one that was rejected is submitted again, one that still waits stays where it is.
    /// </summary>
    /// <param name="now">The time of the account's clock.</param>
    /// <param name="periods">How long it stays in each status.</param>
    /// <exception cref="TwilioException">
    /// 30437 when it can no longer be edited; 20001 while it is reviewed, and once it is approved.
    /// </exception>
    public void Edit(DateTimeOffset now, ReviewPeriods periods)
    {
        var status = StatusAt(now);
        if (status == TollfreeStatus.PendingReview) return;
        if (status != TollfreeStatus.TwilioRejected)
            throw new TwilioException(MessagingError.BadParameter.ToApiError(
                $"Tollfree Verification {Sid} has the status {EnumNames<TollfreeStatus>.UpperOf(status)}: only "
                + "PENDING_REVIEW and TWILIO_REJECTED can be updated"));
        if (IsEditableAt(now) == false) throw new TwilioException(MessagingError.EditTimeExpired.ToApiError());
        Forced = null;
        Submit(now, periods);
    }

    /// <summary>Forces a status.</summary>
    public void Force(TollfreeStatus status, DateTimeOffset now, int? errorCode, string? reason)
    {
        Forced = status;
        Force(now, errorCode, reason);
    }
}

/// <summary>The statuses of a toll-free verification.</summary>
public enum TollfreeStatus
{
    PendingReview,
    InReview,
    TwilioApproved,
    TwilioRejected,
}
