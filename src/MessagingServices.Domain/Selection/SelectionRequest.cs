using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>What sender selection is asked for, with all that it depends on besides the pool.</summary>
/// <param name="To">The recipient.</param>
/// <param name="HasMedia">Whether the message carries media.</param>
public sealed record SelectionRequest(RecipientAddress To, bool HasMedia)
{
    /// <summary>ISO 3166 code of the recipient's country; a toll-free recipient counts as US.</summary>
    public string? Country => To.Country;

    /// <summary>Whether the recipient is in the US or Canada.</summary>
    public bool IsUsOrCanada => NorthAmericanReach.IsUsOrCanada(Country);

    /// <summary>Whether the Messaging Service matches area codes.</summary>
    public bool AreaCodeGeomatch { get; init; }

    /// <summary>
    /// The sender that the recipient is remembered to have got on its channel; null when there is none, or when the Messaging Service has
    /// sticky sender off.
    /// </summary>
    public Sid? StickySender { get; init; }

    /// <summary>The sender that the message names for where RCS does not reach; in the pool or not. Null when it names none.</summary>
    public PoolSender? FallbackFrom { get; init; }

    /// <summary>The addresses of RCS senders that do not reach the recipient's handset.</summary>
    public IReadOnlySet<string> WithoutRcsFrom { get; init; } = new HashSet<string>();

    /// <summary>Whether the media go as links in an SMS, since the recipient's carrier takes no MMS.</summary>
    public bool IsConverted { get; init; }

    /// <summary>The Messaging Services with an A2P campaign; null where registration is not enforced.</summary>
    public IReadOnlySet<Sid>? RegisteredServices { get; init; }

    /// <summary>How many segments wait for a sender; null where senders send everything at once.</summary>
    public Func<PoolSender, long>? SegmentsWaiting { get; init; }

    /// <summary>The recipient's country for people.</summary>
    internal string CountryName => Country ?? "an unknown country";
}
