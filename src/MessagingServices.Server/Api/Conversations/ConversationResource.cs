using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>A conversation on the wire. Source: https://www.twilio.com/docs/conversations/api/conversation-resource.</summary>
internal sealed record ConversationResource
{
    /// <summary>SID with the prefix CH.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The account's conversation service.</summary>
    public required Sid ChatServiceSid { get; init; }

    /// <summary>The Messaging Service that its messages go through; null when there is none.</summary>
    public required Sid? MessagingServiceSid { get; init; }

    /// <summary>A name for people.</summary>
    public required string? FriendlyName { get; init; }

    /// <summary>A name that stands for the SID in paths.</summary>
    public required string? UniqueName { get; init; }

    /// <summary>JSON as a text.</summary>
    public required string Attributes { get; init; }

    /// <summary>Whether it is going on.</summary>
    public required ConversationState State { get; init; }

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When a setting last changed, or a message came; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>Empty: states change by call and by message only.</summary>
    public required IReadOnlyDictionary<string, string> Timers { get; init; }

    /// <summary>Empty: there is no e-mail.</summary>
    public required IReadOnlyDictionary<string, string> Bindings { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The addresses of what belongs to it.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; }

    /// <summary>The path of a conversation.</summary>
    public static string Path(Sid sid) => $"/v1/Conversations/{sid}";

    /// <summary>The resource of a conversation, its addresses on the host that the request came to.</summary>
    public static ConversationResource Of(Conversation conversation, HttpRequest request)
    {
        var url = request.AbsoluteUrl(Path(conversation.Sid));
        return new()
        {
            Sid = conversation.Sid,
            AccountSid = conversation.AccountSid,
            ChatServiceSid = ChatService.Of(conversation.AccountSid),
            MessagingServiceSid = conversation.MessagingServiceSid,
            FriendlyName = conversation.FriendlyName,
            UniqueName = conversation.UniqueName,
            Attributes = conversation.Attributes,
            State = conversation.State,
            DateCreated = new(conversation.DateCreated),
            DateUpdated = new(conversation.DateUpdated),
            Timers = new Dictionary<string, string>(),
            Bindings = new Dictionary<string, string>(),
            Url = url,
            Links = new Dictionary<string, string>
            {
                ["participants"] = $"{url}/Participants",
                ["messages"] = $"{url}/Messages",
                ["webhooks"] = $"{url}/Webhooks",
                ["export"] = $"{url}/Export",
            },
        };
    }
}
