namespace MessagingServices.Domain.Content;

/// <summary>
/// A content template: text and media with placeholders, and its approval by WhatsApp. Source:
/// https://www.twilio.com/docs/content/content-api-resources.
/// </summary>
public sealed class ContentTemplate
{
    private ContentTemplate() { }

    public ContentTemplate(Sid sid, Sid accountSid, DateTimeOffset now)
    {
        Sid = sid;
        AccountSid = accountSid;
        DateCreated = now;
    }

    /// <summary>SID with the prefix <c>HX</c>.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private init; }

    public Sid AccountSid { get; private init; }

    /// <summary>A display name, which recipients do not see.</summary>
    public string FriendlyName { get; set; } = "";

    /// <summary>The language code, such as <c>en</c>.</summary>
    public string Language { get; set; } = "";

    /// <summary>Default values of the placeholders: a JSON object of strings.</summary>
    public string Variables { get; set; } = "{}";

    /// <summary>The content by content type, such as <c>twilio/text</c>: the JSON object of the request.</summary>
    public string Types { get; set; } = "{}";

    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>The time of the last change; null for a template that has not changed.</summary>
    public DateTimeOffset? DateUpdated { get; set; }

    /// <summary>The name under which WhatsApp was asked to approve it; null when it was not asked.</summary>
    public string? ApprovalName { get; private set; }

    /// <summary>WhatsApp's category of the template, such as <c>UTILITY</c>; null when it was not asked.</summary>
    public string? ApprovalCategory { get; private set; }

    /// <summary>Whether WhatsApp may change the category.</summary>
    public bool? AllowsCategoryChange { get; private set; }

    /// <summary>The time at which WhatsApp was asked, on the emulator's clock; null when it was not asked.</summary>
    public DateTimeOffset? ApprovalSubmitted { get; private set; }

    /// <summary>
    /// The state that the emulator API has set; null for the state that follows from the time. Templates that were
    /// stored when there was no approval are approved.
    /// </summary>
    public ApprovalStatus? ForcedApproval { get; private set; }

    /// <summary>The reason that was set; see <see cref="ReasonOf"/>.</summary>
    public string RejectionReason { get; private set; } = "";

    /// <summary>The state of WhatsApp's approval at a time.</summary>
    public ApprovalStatus ApprovalAt(DateTimeOffset now, ApprovalTimes times) =>
        ForcedApproval ?? (ApprovalSubmitted is not { } submitted ? ApprovalStatus.Unsubmitted
            : now < submitted + times.Received ? ApprovalStatus.Received
            : now < submitted + times.Received + times.Pending ? ApprovalStatus.Pending
            : FitsCategory ? ApprovalStatus.Approved : ApprovalStatus.Rejected);

    /// <summary>Why WhatsApp refuses the template in a state; empty when there is no reason.</summary>
    public string ReasonOf(ApprovalStatus status) =>
        status == ApprovalStatus.Rejected && RejectionReason.Length == 0 && !FitsCategory
            ? "TAG_CONTENT_MISMATCH" : RejectionReason;

    /// <summary>
    /// WhatsApp takes one-time passwords in their own category and format only. Source:
    /// https://support.twilio.com/hc/en-us/articles/15596541039771.
    /// </summary>
    private bool FitsCategory => ApprovalCategory is null
        || (ApprovalCategory == ApprovalCategories.Authentication)
            == (ContentTypes.TypeForApproval(Types) == ContentTypes.Authentication);

    /// <summary>Asks WhatsApp to approve the template. It was not asked yet, or has rejected it.</summary>
    /// <param name="name">Lower-case letters, digits and underscores.</param>
    /// <param name="category">One of <see cref="ApprovalCategories"/>.</param>
    /// <param name="allowsCategoryChange">Whether WhatsApp may change the category.</param>
    public void Submit(string name, string category, bool allowsCategoryChange, DateTimeOffset now)
    {
        (ApprovalName, ApprovalCategory, AllowsCategoryChange) = (name, category, allowsCategoryChange);
        (ApprovalSubmitted, ForcedApproval, RejectionReason) = (now, null, "");
    }

    /// <summary>Sets the state. It stays until it is set again, or the template is submitted again.</summary>
    /// <param name="reason">Why WhatsApp refuses the template; empty for no reason.</param>
    public void Force(ApprovalStatus status, string reason, DateTimeOffset now)
    {
        if (status == ApprovalStatus.Unsubmitted) Withdraw();
        else ApprovalSubmitted ??= now;
        (ForcedApproval, RejectionReason) = (status, reason);
    }

    /// <summary>Forgets the approval, because what WhatsApp has seen is no longer what the template says.</summary>
    public void Withdraw()
    {
        (ApprovalName, ApprovalCategory, AllowsCategoryChange) = (null, null, null);
        (ApprovalSubmitted, ForcedApproval, RejectionReason) = (null, null, "");
    }
}

/// <summary>
/// The states of WhatsApp's approval. Source:
/// https://www.twilio.com/docs/whatsapp/tutorial/message-template-approvals-statuses.
/// </summary>
public enum ApprovalStatus
{
    /// <summary>WhatsApp was not asked.</summary>
    Unsubmitted,

    /// <summary>Twilio has the request.</summary>
    Received,

    /// <summary>WhatsApp examines the template.</summary>
    Pending,

    /// <summary>The template can be sent outside of the 24-hour window.</summary>
    Approved,

    /// <summary>WhatsApp refuses the template.</summary>
    Rejected,

    /// <summary>Users have complained about the template; it may come back.</summary>
    Paused,

    /// <summary>WhatsApp has disabled the template for good.</summary>
    Disabled,
}

/// <summary>How long WhatsApp's approval takes.</summary>
/// <param name="Received">How long a request is <see cref="ApprovalStatus.Received"/>.</param>
/// <param name="Pending">How long it is <see cref="ApprovalStatus.Pending"/> then, before it is approved.</param>
public readonly record struct ApprovalTimes(TimeSpan Received, TimeSpan Pending);

/// <summary>WhatsApp's categories of templates.</summary>
public static class ApprovalCategories
{
    /// <summary>One-time passwords.</summary>
    public const string Authentication = "AUTHENTICATION";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = ["UTILITY", "MARKETING", Authentication];
}
