using System.Collections.Frozen;

namespace MessagingServices.Domain.Prices;

/// <summary>
/// A category of usage. Categories overlap: an SMS from a long code is in <c>sms</c>, <c>sms-outbound</c> and
/// <c>sms-outbound-longcode</c>. Source: https://www.twilio.com/docs/usage/api/usage-record#usage-categories.
/// </summary>
/// <param name="Name">Twilio's name.</param>
/// <param name="Description">The name for people.</param>
/// <param name="Includes">Whether a group of messages belongs to it.</param>
public sealed record UsageCategory(string Name, string Description, Func<MessageUsage, bool> Includes)
{
    private const string WhatsApp = "whatsapp";
    private const string Rcs = "rcs";

    /// <summary>The category of everything.</summary>
    public const string Total = "totalprice";

    /// <summary>All categories of messages, by name; then that of everything.</summary>
    public static IReadOnlyList<UsageCategory> All { get; } =
    [
        new("channels", "Channels", IsChannel),
        new("channels-messaging-inbound", "Inbound Channels Messages", usage => IsChannel(usage) && usage.IsInbound),
        new("channels-messaging-outbound", "Outbound Channels Messages", usage => IsChannel(usage) && !usage.IsInbound),
        new("channels-whatsapp", "WhatsApp", usage => usage.Kind == WhatsApp),
        new("channels-whatsapp-inbound", "Inbound WhatsApp", usage => usage is { Kind: WhatsApp, IsInbound: true }),
        new("channels-whatsapp-outbound", "Outbound WhatsApp", usage => usage is { Kind: WhatsApp, IsInbound: false }),
        .. OfNumbers("mms", "MMS"),
        .. OfNumbers("sms", "SMS"),
        new(Total, "Total Price", _ => true),
    ];

    private static readonly FrozenSet<string> Names =
        Table.Read("usage-categories.txt").Concat(All.Select(category => category.Name)).ToFrozenSet();

    /// <summary>Whether messages can belong to it.</summary>
    public bool IsOfMessages { get; private init; } = true;

    /// <summary>
    /// The category of a name; null when Twilio has none. A category of another product has no messages.
    /// </summary>
    public static UsageCategory? Find(string name) => All.FirstOrDefault(category => category.Name == name)
        ?? (Names.Contains(name) ? new(name, name, _ => false) { IsOfMessages = false } : null);

    private static bool IsChannel(MessageUsage usage) => usage.Kind is WhatsApp or Rcs;

    private static IEnumerable<UsageCategory> OfNumbers(string kind, string name)
    {
        yield return new(kind, name, usage => usage.Kind == kind);
        foreach (var (direction, isInbound) in new[] { ("inbound", true), ("outbound", false) })
        {
            var title = $"{char.ToUpperInvariant(direction[0])}{direction[1..]} {name}";
            yield return new($"{kind}-{direction}", title,
                usage => usage.Kind == kind && usage.IsInbound == isInbound);
            yield return new($"{kind}-{direction}-longcode", $"{title} Longcode",
                usage => usage.Kind == kind && usage.IsInbound == isInbound && !usage.IsShortCode);
            yield return new($"{kind}-{direction}-shortcode", $"{title} Shortcode",
                usage => usage.Kind == kind && usage.IsInbound == isInbound && usage.IsShortCode);
        }
    }
}

/// <summary>Messages of one kind in one period.</summary>
public sealed record MessageUsage
{
    /// <summary>The first day of the period.</summary>
    public required DateOnly Start { get; init; }

    /// <summary><c>sms</c>, <c>mms</c>, <c>whatsapp</c> or <c>rcs</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether they came from handsets.</summary>
    public required bool IsInbound { get; init; }

    /// <summary>Whether the account's own address is a short code.</summary>
    public required bool IsShortCode { get; init; }

    /// <summary>The number of messages.</summary>
    public required long Count { get; init; }

    /// <summary>The number of their segments.</summary>
    public required long Segments { get; init; }

    /// <summary>What they cost, in US dollars.</summary>
    public required decimal Price { get; init; }
}
