using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>A participant on the wire. Source: https://www.twilio.com/docs/conversations/api/conversation-participant-resource.</summary>
internal sealed record ParticipantResource
{
    /// <summary>The account that owns the conversation.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The conversation.</summary>
    public required Sid ConversationSid { get; init; }

    /// <summary>SID with the prefix MB.</summary>
    public required Sid Sid { get; init; }

    /// <summary>What the application calls a participant who chats; null for others.</summary>
    public required string? Identity { get; init; }

    /// <summary>JSON as a text.</summary>
    public required string Attributes { get; init; }

    /// <summary>How the participant is reached by messages; null for one who chats.</summary>
    public required MessagingBindingResource? MessagingBinding { get; init; }

    /// <summary>The role that the application gave it.</summary>
    public required Sid? RoleSid { get; init; }

    /// <summary>When it joined; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When it last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The index of the last message that it read, as the application said.</summary>
    public required long? LastReadMessageIndex { get; init; }

    /// <summary>When that was, as the application said.</summary>
    public required string? LastReadTimestamp { get; init; }

    /// <summary>The resource of a participant, its address on the host that the request came to.</summary>
    public static ParticipantResource Of(ConversationParticipant participant, HttpRequest request) => new()
    {
        AccountSid = participant.AccountSid,
        ConversationSid = participant.ConversationSid,
        Sid = participant.Sid,
        Identity = participant.Identity,
        Attributes = participant.Attributes,
        MessagingBinding = MessagingBindingResource.Of(participant),
        RoleSid = participant.RoleSid,
        DateCreated = new(participant.DateCreated),
        DateUpdated = new(participant.DateUpdated),
        Url = request.AbsoluteUrl($"{ConversationResource.Path(participant.ConversationSid)}/Participants/{participant.Sid}"),
        LastReadMessageIndex = participant.LastReadMessageIndex,
        LastReadTimestamp = participant.LastReadTimestamp,
    };
}

/// <summary>How a participant is reached by messages.</summary>
/// <param name="Type"><c>sms</c>, <c>whatsapp</c> or <c>rcs</c>.</param>
/// <param name="Address">The handset's address.</param>
/// <param name="ProxyAddress">The address of the sender that it sees.</param>
internal sealed record MessagingBindingResource(string Type, string Address, string ProxyAddress)
{
    /// <summary>The binding of a participant; null when there is none.</summary>
    public static MessagingBindingResource? Of(ConversationParticipant participant)
    {
        if (participant.Address is not { } address) return null;
        var type = RecipientAddress.Parse(address).Address?.Channel switch
        {
            Channel.WhatsApp => "whatsapp",
            Channel.Rcs => "rcs",
            Channel.Sms or null => "sms",
        };
        return new(type, address, participant.ProxyAddress!);
    }
}
