using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Server.Events;

/// <summary>The types of events.</summary>
[Flags]
internal enum EventTypes
{
    None = 0,

    MessageCreated = 1,

    /// <summary>A message has another status, or another text.</summary>
    MessageUpdated = 2,

    MessageDeleted = 4,

    /// <summary>A webhook waits to be sent, or has ended.</summary>
    WebhookUpdated = 8,

    /// <summary>A conversation, its participants or its messages have changed.</summary>
    ConversationUpdated = 16,

    /// <summary>A recipient has opted out or in.</summary>
    OptOutUpdated = 32,

    ClockUpdated = 64,

    /// <summary>A rule that the emulator follows was added or deleted.</summary>
    RuleUpdated = 128,

    /// <summary>The account or one of its subaccounts has changed.</summary>
    AccountUpdated = 256,

    /// <summary>The account was reset.</summary>
    Reset = 512,

    All = MessageCreated | MessageUpdated | MessageDeleted | WebhookUpdated | ConversationUpdated | OptOutUpdated
        | ClockUpdated | RuleUpdated | AccountUpdated | Reset,
}

/// <summary>The names of the types, such as <c>message.created</c>.</summary>
internal static class EventTypeNames
{
    /// <summary>Sent in place of events that were lost: the client reads again what it shows.</summary>
    public const string Resync = "resync";

    private static readonly Dictionary<EventTypes, string> Names = Enum.GetValues<EventTypes>()
        .Where(type => type is not (EventTypes.None or EventTypes.All))
        .ToDictionary(type => type, type => WithDot(EnumNames<EventTypes>.Of(type)));

    private static readonly Dictionary<string, EventTypes> Types = Names.ToDictionary(row => row.Value, row => row.Key);

    /// <summary>All names, without <see cref="Resync"/>.</summary>
    public static IReadOnlyCollection<string> All => Types.Keys;

    /// <summary>The name of one type.</summary>
    public static string NameOf(EventTypes type) => Names[type];

    /// <summary>Finds the type with a name.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out EventTypes? type)
    {
        type = Types.TryGetValue(name, out var found) ? found : null;
        return type is not null;
    }

    // Only the last word is the verb: opt_out.updated.
    private static string WithDot(string name) =>
        name.LastIndexOf('_') is var end and > 0 ? $"{name[..end]}.{name[(end + 1)..]}" : name;
}
