using System.Globalization;
using System.Text.Json;
using MessagingServices.Domain.Media;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Conversations;

/// <summary>
/// An event of a conversation, for its webhooks. Source:
/// https://www.twilio.com/docs/conversations/conversations-webhooks.
/// </summary>
/// <param name="Type">One of <see cref="Types"/>.</param>
/// <param name="Parameters">The form fields in order.</param>
/// <param name="Date">The time of the event.</param>
public sealed record ConversationEvent(
    string Type, Sid ConversationSid, IReadOnlyList<KeyValuePair<string, string>> Parameters, DateTimeOffset Date)
{
    /// <summary>The source of changes by the REST API.</summary>
    public const string Api = "API";

    /// <summary>
    /// All events that a webhook can select. The last one never occurs here, because receipts are read from the
    /// messages.
    /// </summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "onMessageAdded", "onMessageUpdated", "onMessageRemoved", "onConversationUpdated", "onConversationStateUpdated",
        "onConversationRemoved",
        "onParticipantAdded", "onParticipantUpdated", "onParticipantRemoved", "onDeliveryUpdated",
    ];

    /// <summary>The text of a message; empty for other events.</summary>
    public string Body => Parameters.FirstOrDefault(parameter => parameter.Key == "Body").Value ?? "";

    /// <summary>The source of an inbound message.</summary>
    public static string SourceOf(Message inbound) =>
        (RecipientAddress.Parse(inbound.From ?? "").Address?.Channel ?? Channel.Sms) switch
    {
        Channel.Sms => "SMS",
        Channel.WhatsApp => "WHATSAPP",
        Channel.Rcs => "RCS",
    };

    /// <summary>A message was added, updated or removed.</summary>
    /// <param name="what"><c>Added</c>, <c>Updated</c> or <c>Removed</c>.</param>
    /// <param name="message">The message after the change.</param>
    /// <param name="source">The source: <see cref="Api"/>, or the result of <see cref="SourceOf"/>.</param>
    /// <param name="now">The time of the event.</param>
    /// <param name="media">The message's media in order.</param>
    public static ConversationEvent OfMessage(
        string what, Conversation conversation, ConversationMessage message, string source, DateTimeOffset now,
        IReadOnlyList<StoredMedia>? media = null) => Of(
        $"onMessage{what}", conversation, source, now,
        ("MessageSid", message.Sid.Value),
        ("Index", message.Index.ToString(CultureInfo.InvariantCulture)),
        ("Body", message.Body ?? ""),
        ("Media", media is { Count: > 0 } ? ToJson(media) : null),
        ("Author", message.Author),
        ("ParticipantSid", message.ParticipantSid?.Value),
        ("Attributes", message.Attributes),
        ("DateCreated", Written(message.DateCreated)),
        ("DateUpdated", what == "Added" ? null : Written(message.DateUpdated)));

    /// <summary>A participant was added, updated or removed.</summary>
    /// <inheritdoc cref="OfMessage"/>
    public static ConversationEvent OfParticipant(
        string what, Conversation conversation, ConversationParticipant participant, string source,
        DateTimeOffset now) => Of(
        $"onParticipant{what}", conversation, source, now,
        ("ParticipantSid", participant.Sid.Value),
        ("Identity", participant.Identity),
        ("RoleSid", (participant.RoleSid ?? ChatService.RoleOf(participant.AccountSid)).Value),
        ("Attributes", participant.Attributes),
        ("MessagingBinding.Address", participant.Address),
        ("MessagingBinding.ProxyAddress", participant.ProxyAddress),
        ("DateCreated", Written(participant.DateCreated)),
        ("DateUpdated", what == "Added" ? null : Written(participant.DateUpdated)));

    /// <summary>The conversation was updated or removed.</summary>
    /// <param name="what"><c>Updated</c> or <c>Removed</c>.</param>
    /// <param name="conversation">The conversation after the change.</param>
    /// <param name="now">The time of the event.</param>
    public static ConversationEvent OfConversation(string what, Conversation conversation, DateTimeOffset now) => Of(
        $"onConversation{what}", conversation, Api, now,
        ("FriendlyName", conversation.FriendlyName),
        ("UniqueName", conversation.UniqueName),
        ("Attributes", conversation.Attributes),
        ("State", EnumNames<ConversationState>.Of(conversation.State)),
        ("DateCreated", Written(conversation.DateCreated)),
        ("DateUpdated", Written(conversation.DateUpdated)));

    /// <summary>The state of the conversation changed.</summary>
    /// <param name="conversation">The conversation after the change.</param>
    /// <param name="was">The state before the change.</param>
    /// <param name="reason"><c>API</c>, or <c>EVENT</c> if a message made the conversation active.</param>
    /// <param name="now">The time of the event.</param>
    public static ConversationEvent OfState(
        Conversation conversation, ConversationState was, string reason, DateTimeOffset now) => Of(
        "onConversationStateUpdated", conversation, Api, now,
        ("StateFrom", EnumNames<ConversationState>.Of(was)),
        ("StateTo", EnumNames<ConversationState>.Of(conversation.State)),
        ("Reason", reason),
        ("StateUpdated", Written(now)));

    private static ConversationEvent Of(
        string type, Conversation conversation, string source, DateTimeOffset now,
        params ReadOnlySpan<(string Name, string? Value)> own)
    {
        List<KeyValuePair<string, string>> parameters =
        [
            new("EventType", type),
            new("AccountSid", conversation.AccountSid.Value),
            new("ChatServiceSid", ChatService.Of(conversation.AccountSid).Value),
            new("ConversationSid", conversation.Sid.Value),
            new("Source", source),
        ];
        if (conversation.MessagingServiceSid is { } service) parameters.Add(new("MessagingServiceSid", service.Value));
        foreach (var (name, value) in own)
            if (value is not null) parameters.Add(new(name, value));
        return new(type, conversation.Sid, parameters, now);
    }

    private static string ToJson(IReadOnlyList<StoredMedia> media) => JsonSerializer.Serialize(
        media.Select(item => new { Sid = item.Sid.Value, Filename = (string?)null, item.ContentType }));

    private static string Written(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
