using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MessagingServices.Server.Events;

namespace MessagingServices.Server.Engine;

/// <summary>What a server tells the others of changes, in one row.</summary>
/// <param name="Accounts">The changes.</param>
/// <param name="IsLast">Whether the server stops: it tells no more.</param>
internal sealed record EventNotice(IReadOnlyList<NoticeOfAccount> Accounts, bool IsLast)
{
    /// <summary>
    /// Makes the notice of changes. Messages and webhooks are only named: the other server reads their rows. So a
    /// notice is small, and a body is not copied into it.
    /// </summary>
    public static EventNotice Of(IEnumerable<AccountChanges> accounts, IEventEncoder encoder, bool isLast) => new(
        [
            .. accounts.Select(changed => new NoticeOfAccount(changed.Account.Value, (int)changed.Lost,
                [.. changed.Changes.Select(change => Of(change, encoder))])),
        ],
        isLast);

    /// <summary>Reads a notice.</summary>
    public static EventNotice Read(string json) =>
        JsonSerializer.Deserialize(json, EventNoticeTypes.Default.EventNotice)!;

    /// <summary>The notice as JSON.</summary>
    public string Write() => JsonSerializer.Serialize(this, EventNoticeTypes.Default.EventNotice);

    private static NoticeOfChange Of(Change change, IEventEncoder encoder) => new((int)change.Type, change.Key)
    {
        Version = change.Version,
        Service = change.IsStored ? null : change.MessagingServiceSid?.Value,
        Data = change.IsStored || change.Subject is not { } subject
            ? null : Encoding.UTF8.GetString(encoder.Encode(subject)),
    };
}

/// <summary>The changes of one account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Lost">The types of which there were too many, as a number.</param>
/// <param name="Changes">The changes.</param>
internal sealed record NoticeOfAccount(string Account, int Lost, IReadOnlyList<NoticeOfChange> Changes);

/// <summary>One change.</summary>
/// <param name="Type">The type of its event, as a number.</param>
/// <param name="Key">What has changed.</param>
internal sealed record NoticeOfChange(int Type, string Key)
{
    /// <summary>Its version; see <see cref="Change.Version"/>.</summary>
    public int Version { get; init; }

    /// <summary>Its Messaging Service; null without one, and if its row says it.</summary>
    public string? Service { get; init; }

    /// <summary>The data of its event; null if its row is to be read.</summary>
    public string? Data { get; init; }

    /// <summary>The change in an account.</summary>
    public Change ToChange(Sid account) => new((EventTypes)Type, account, Key)
    {
        Version = Version,
        MessagingServiceSid = Service is null ? null : Sid.Parse(Service),
        Data = Data is null ? null : Encoding.UTF8.GetBytes(Data),
    };
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(EventNotice))]
internal sealed partial class EventNoticeTypes : JsonSerializerContext;
