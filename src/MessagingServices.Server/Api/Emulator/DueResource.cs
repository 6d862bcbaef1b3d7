using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>What happens next as the clock of an account reaches it.</summary>
internal sealed record DueResource
{
    /// <summary>The max number of entries.</summary>
    public const int MaxEntries = 100;

    /// <summary>The time of the clock; ISO 8601 in milliseconds.</summary>
    public required PreciseDate Now { get; init; }

    /// <summary>What is due next, at most 100 entries, in the order of their times.</summary>
    public required IReadOnlyList<DueEntry> Due { get; init; }

    /// <summary>What is due after a time.</summary>
    public static DueResource Of(DateTimeOffset now, IReadOnlyList<DueThing> due) =>
        new() { Now = new(now), Due = [.. due.Select(DueEntry.Of)] };
}

/// <summary>Things of one kind that are due at one time.</summary>
internal sealed record DueEntry
{
    /// <summary>The time, on the account's clock; ISO 8601 in milliseconds.</summary>
    public required PreciseDate Date { get; init; }

    /// <summary>
    /// What is due: <c>scheduled_message</c>, <c>queued_message</c>, <c>carrier_report</c>, <c>brand</c>,
    /// <c>brand_identity</c>, <c>brand_vetting</c>, <c>campaign</c>, <c>tollfree_verification</c>,
    /// <c>tollfree_edit_period</c>, <c>content_approval</c>, <c>media_link</c>, <c>whatsapp_window</c> or
    /// <c>session_cookies</c>.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>The first of the things, such as a message; null for windows and cookies, which have no SID.</summary>
    public required Sid? Sid { get; init; }

    /// <summary>How many things of this kind are due at this time.</summary>
    public required long Count { get; init; }

    internal static DueEntry Of(DueThing thing) => new()
    {
        Date = new(thing.Date), Kind = EnumNames<DueKind>.Of(thing.Kind), Sid = thing.Sid, Count = thing.Count,
    };
}
