namespace MessagingServices.Domain.Compliance;

/// <summary>
/// A vetting of a brand by a third party. Source:
/// https://www.twilio.com/docs/messaging/api/brand-vetting-resource.
/// </summary>
public sealed class BrandVetting : Registration
{
    /// <summary>The provider of tokens for political campaigns.</summary>
    public const string CampaignVerify = "campaign-verify";

    /// <summary>The provider of secondary vettings.</summary>
    public const string Aegis = "aegis";

    /// <summary>The brand.</summary>
    public Sid BrandSid { get; init; }

    /// <summary><see cref="CampaignVerify"/> or <see cref="Aegis"/>.</summary>
    public string VettingProvider { get; init; } = "";

    /// <summary>The provider's ID; for Campaign Verify the token. Null when there is none.</summary>
    public string? VettingId { get; init; }

    /// <summary>The status that the emulator API has forced; null when it follows the clock.</summary>
    public VettingStatus? Forced { get; private set; }

    /// <summary>When it succeeds, or was forced to; null when it does not.</summary>
    public DateTimeOffset? SuccessAt =>
        Forced is null ? DecidedAt : Forced == VettingStatus.Success ? ForcedAt : null;

    /// <summary>The kind of vetting.</summary>
    public string VettingClass => VettingProvider == CampaignVerify ? "POLITICAL" : "STANDARD";

    /// <summary>
    /// Whether a text has the shape of a token of Campaign Verify, such as <c>cv|1.0|tcr|10dlc|...</c>.
    /// </summary>
    public static bool IsToken(string? text) => text is not null && text.StartsWith("cv|", StringComparison.Ordinal)
        && text.Split('|') is { Length: >= 6 } parts && parts.All(part => part.Length > 0);

    /// <summary>The status at a time of the account's clock.</summary>
    public VettingStatus StatusAt(DateTimeOffset now) => Forced
        ?? At(now, ReviewFrom, DecidedAt, VettingStatus.Pending, VettingStatus.Pending, VettingStatus.Success);

    /// <summary>Forces a status.</summary>
    public void Force(VettingStatus status, DateTimeOffset now, int? errorCode, string? reason)
    {
        Forced = status;
        Force(now, errorCode, reason);
    }
}

/// <summary>The statuses of a vetting.</summary>
public enum VettingStatus
{
    Pending,
    Success,
    Failed,
}
