using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Provisioning;

/// <summary>How long registrations stay in each status.</summary>
[Section("Registration", "How long brands, campaigns, toll-free verifications and content approvals stay in each "
    + "status, in seconds of the emulator's clock. A change applies to what is submitted afterwards; a change of the "
    + "two settings of content approvals applies to all templates at once.",
    See = "registration.md")]
internal sealed class RegistrationOptions
{
    private const int MaxSeconds = 31_536_000;

    [Setting("Seconds that a brand is `PENDING`.")]
    [Range(0, MaxSeconds)]
    public int BrandPendingSeconds { get; init; } = 10;

    [Setting("Seconds that a brand is `IN_REVIEW`. It is `APPROVED` then.")]
    [Range(0, MaxSeconds)]
    public int BrandReviewSeconds { get; init; } = 10;

    [Setting("Seconds until the owner of a sole proprietor brand answers the one-time password. The identity is "
        + "`VERIFIED` then. With more than 86,400 the password expires, and the identity stays `UNVERIFIED`.")]
    [Range(0, MaxSeconds)]
    public int OtpAnswerSeconds { get; init; } = 10;

    [Setting("Seconds that a vetting of a brand is `PENDING`. It is `SUCCESS` then.")]
    [Range(0, MaxSeconds)]
    public int VettingSeconds { get; init; } = 10;

    [Setting("Seconds that a campaign of a registered brand is `PENDING`.")]
    [Range(0, MaxSeconds)]
    public int CampaignPendingSeconds { get; init; } = 10;

    [Setting("Seconds that a campaign of a registered brand is `IN_PROGRESS`. It is `VERIFIED` then.")]
    [Range(0, MaxSeconds)]
    public int CampaignReviewSeconds { get; init; } = 10;

    [Setting("Seconds that a toll-free verification is `PENDING_REVIEW`.")]
    [Range(0, MaxSeconds)]
    public int TollfreePendingSeconds { get; init; } = 10;

    [Setting("Seconds that a toll-free verification is `IN_REVIEW`. It is `TWILIO_APPROVED` then.")]
    [Range(0, MaxSeconds)]
    public int TollfreeReviewSeconds { get; init; } = 10;

    /// <summary>The periods of a brand.</summary>
    internal ReviewPeriods Brand => Periods(BrandPendingSeconds, BrandReviewSeconds);

    /// <summary>How long the owner of a sole proprietor brand takes to answer.</summary>
    internal TimeSpan Otp => TimeSpan.FromSeconds(OtpAnswerSeconds);

    /// <summary>The periods of a vetting.</summary>
    internal ReviewPeriods Vetting => Periods(VettingSeconds, 0);

    /// <summary>The periods of a campaign.</summary>
    internal ReviewPeriods Campaign => Periods(CampaignPendingSeconds, CampaignReviewSeconds);

    /// <summary>The periods of a toll-free verification.</summary>
    internal ReviewPeriods Tollfree => Periods(TollfreePendingSeconds, TollfreeReviewSeconds);

    private static ReviewPeriods Periods(int waiting, int review) =>
        new(TimeSpan.FromSeconds(waiting), TimeSpan.FromSeconds(review));

    [Setting("Seconds for which WhatsApp's approval of a content template is `received`. A change applies to all "
        + "templates at once, also to those that were submitted before.")]
    [Range(0, MaxSeconds)]
    public int ApprovalReceivedSeconds { get; init; } = 1;

    [Setting("Seconds for which it is `pending` then, before it is `approved`. A change applies to all templates at "
        + "once, also to those that were submitted before.")]
    [Range(0, MaxSeconds)]
    public int ApprovalPendingSeconds { get; init; } = 4;

    /// <summary>How long content approvals stay in each status.</summary>
    internal ApprovalTimes ApprovalTimes =>
        new(TimeSpan.FromSeconds(ApprovalReceivedSeconds), TimeSpan.FromSeconds(ApprovalPendingSeconds));
}
