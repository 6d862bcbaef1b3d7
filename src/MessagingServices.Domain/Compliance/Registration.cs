namespace MessagingServices.Domain.Compliance;

/// <summary>
/// What brands, vettings, campaigns and toll-free verifications have in common: they are submitted, wait, are reviewed
/// and then decided. The times are known when it is submitted, so a status depends only on the time at which it is
/// read. The emulator API can force a status, which then stays until the next submission or the next forced status.
/// </summary>
public abstract class Registration
{
    /// <summary>The SID.</summary>
    public Sid Sid { get; init; }

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The account that owns it.</summary>
    public Sid AccountSid { get; init; }

    /// <summary>When the review begins; null without a review.</summary>
    public DateTimeOffset? ReviewFrom { get; set; }

    /// <summary>When the review ends well; null for what was decided from the start.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>When the status was forced; null when it follows the clock.</summary>
    public DateTimeOffset? ForcedAt { get; set; }

    /// <summary>The code of the forced status: why it was refused. Null for none.</summary>
    public int? ErrorCode { get; set; }

    /// <summary>The words of the forced status: why it was refused. Null for none.</summary>
    public string? Reason { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset DateCreated { get; init; }

    /// <summary>When a request last changed it.</summary>
    public DateTimeOffset DateUpdated { get; set; }

    /// <summary>When it last changed, by a request or by the clock.</summary>
    /// <param name="now">The time of the account's clock.</param>
    public DateTimeOffset UpdatedAt(DateTimeOffset now) =>
        ForcedAt is not null ? DateUpdated
        : DecidedAt <= now && DecidedAt > DateUpdated ? DecidedAt.Value
        : ReviewFrom <= now && ReviewFrom > DateUpdated ? ReviewFrom.Value
        : DateUpdated;

    /// <summary>Submits it, for the first time or again. A forced status ends.</summary>
    /// <param name="now">The time of the account's clock.</param>
    /// <param name="periods">How long it stays in each status.</param>
    public void Submit(DateTimeOffset now, ReviewPeriods periods)
    {
        ReviewFrom = now + periods.Waiting;
        DecidedAt = ReviewFrom + periods.Review;
        (ForcedAt, ErrorCode, Reason) = (null, null, null);
    }

    /// <summary>Notes that a status was forced, and why.</summary>
    protected void Force(DateTimeOffset now, int? errorCode, string? reason) =>
        (ForcedAt, DateUpdated, ErrorCode, Reason) = (now, now, errorCode, reason);

    /// <summary>The status of a registration that follows the clock.</summary>
    protected static TStatus At<TStatus>(
        DateTimeOffset now, DateTimeOffset? reviewFrom, DateTimeOffset? decidedAt, TStatus waiting, TStatus reviewed,
        TStatus passed) =>
        now < decidedAt ? now < reviewFrom ? waiting : reviewed : passed;
}

/// <summary>How long a registration stays in its first two statuses.</summary>
/// <param name="Waiting">The time before the review.</param>
/// <param name="Review">The time of the review.</param>
public readonly record struct ReviewPeriods(TimeSpan Waiting, TimeSpan Review);
