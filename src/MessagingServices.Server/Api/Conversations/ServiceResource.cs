using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// The conversation service of an account. Source: https://www.twilio.com/docs/conversations/api/service-resource.
/// </summary>
internal sealed record ServiceResource
{
    /// <summary>SID with the prefix IS.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>A name for people: that of the service that Twilio gives every account.</summary>
    public string FriendlyName { get; init; } = "Default Conversations Service";

    /// <summary>When the account was created; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>The same: no setting of it changes; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The URLs of its subresources.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; }

    /// <summary>The resource of an account's service, its addresses on the host that the request came to.</summary>
    public static ServiceResource Of(Account account, HttpRequest request)
    {
        var sid = ChatService.Of(account.Sid);
        var url = request.AbsoluteUrl($"/v1/Services/{sid}");
        return new()
        {
            Sid = sid,
            AccountSid = account.Sid,
            DateCreated = new(account.DateCreated),
            DateUpdated = new(account.DateCreated),
            Url = url,
            Links = new Dictionary<string, string>
            {
                ["conversations"] = $"{url}/Conversations",
                ["users"] = $"{url}/Users",
                ["roles"] = $"{url}/Roles",
                ["bindings"] = $"{url}/Bindings",
                ["configuration"] = $"{url}/Configuration",
                ["participant_conversations"] = $"{url}/ParticipantConversations",
                ["conversation_with_participants"] = $"{url}/ConversationWithParticipants",
            },
        };
    }
}
