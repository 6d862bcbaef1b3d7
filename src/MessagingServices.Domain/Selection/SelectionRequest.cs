using MessagingServices.Domain.Compliance;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>The input of sender selection, without the pool.</summary>
/// <param name="HasMedia">Whether the message carries media.</param>
public sealed record SelectionRequest(RecipientAddress To, bool HasMedia)
{
    /// <summary>The ISO 3166 code of the recipient's country; a toll-free recipient counts as US.</summary>
    public string? Country => To.Country;

    /// <summary>Whether the recipient is in the US or Canada.</summary>
    public bool IsUsOrCanada => NorthAmericanReach.IsUsOrCanada(Country);

    /// <summary>Whether the Messaging Service has area code geomatch on.</summary>
    public bool AreaCodeGeomatch { get; init; }

    /// <summary>
    /// The recipient's sticky sender on its channel; null if there is none, or if the Messaging Service has sticky
    /// sender off.
    /// </summary>
    public Sid? StickySender { get; init; }

    /// <summary>The fallback sender that the message names, in the pool or not; null for none.</summary>
    public PoolSender? FallbackFrom { get; init; }

    /// <summary>The addresses of RCS senders that do not reach the recipient's handset.</summary>
    public IReadOnlySet<string> WithoutRcsFrom { get; init; } = new HashSet<string>();

    /// <summary>
    /// Whether the message is sent as an SMS with links, because the recipient's carrier does not support MMS.
    /// </summary>
    public bool IsConverted { get; init; }

    /// <summary>The Messaging Services with a verified A2P campaign; null where registration is not enforced.</summary>
    public IReadOnlySet<Sid>? RegisteredServices { get; init; }

    /// <summary>
    /// What the campaigns of Messaging Services decide, where there are campaigns; only for the words of the steps.
    /// </summary>
    public IReadOnlyDictionary<Sid, CampaignStanding> CampaignStandings { get; init; } =
        new Dictionary<Sid, CampaignStanding>();

    /// <summary>The toll-free numbers that are verified; null where verification is not enforced.</summary>
    public IReadOnlySet<string>? VerifiedTollFree { get; init; }

    /// <summary>The number of queued segments of a sender; null without send rates.</summary>
    public Func<PoolSender, long>? SegmentsWaiting { get; init; }

    internal string CountryName => Country ?? "an unknown country";
}
