using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// A conversation of a participant. Source:
/// https://www.twilio.com/docs/conversations/api/participant-conversation-resource.
/// </summary>
internal sealed record ParticipantConversationResource
{
    /// <summary>The account that owns the conversation.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The account's conversation service.</summary>
    public required Sid ChatServiceSid { get; init; }

    /// <summary>The participant (prefix MB).</summary>
    public required Sid ParticipantSid { get; init; }

    /// <summary>Null: there are no users.</summary>
    public required Sid? ParticipantUserSid { get; init; }

    /// <summary>The application's name for the participant.</summary>
    public required string? ParticipantIdentity { get; init; }

    /// <summary>How the participant is reached by messages.</summary>
    public required MessagingBindingResource? ParticipantMessagingBinding { get; init; }

    /// <summary>The conversation (prefix CH).</summary>
    public required Sid ConversationSid { get; init; }

    /// <summary>Its unique name.</summary>
    public required string? ConversationUniqueName { get; init; }

    /// <summary>Its name for people.</summary>
    public required string? ConversationFriendlyName { get; init; }

    /// <summary>The application's own data, JSON as a text.</summary>
    public required string ConversationAttributes { get; init; }

    /// <summary>When it was created; ISO 8601.</summary>
    public required Iso8601Date ConversationDateCreated { get; init; }

    /// <summary>When it last changed; ISO 8601.</summary>
    public required Iso8601Date ConversationDateUpdated { get; init; }

    /// <summary>The creator: <c>system</c>.</summary>
    public required string ConversationCreatedBy { get; init; }

    /// <summary>Whether it is going on.</summary>
    public required ConversationState ConversationState { get; init; }

    /// <summary>Empty: states change by call and by message only.</summary>
    public required IReadOnlyDictionary<string, string> ConversationTimers { get; init; }

    /// <summary>The addresses of both.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; }

    /// <summary>The resource, its addresses on the host that the request came to.</summary>
    public static ParticipantConversationResource Of(
        Conversation conversation, ConversationParticipant participant, HttpRequest request)
    {
        var url = request.AbsoluteUrl(ConversationResource.Path(conversation.Sid));
        return new()
        {
            AccountSid = conversation.AccountSid,
            ChatServiceSid = ChatService.Of(conversation.AccountSid),
            ParticipantSid = participant.Sid,
            ParticipantUserSid = null,
            ParticipantIdentity = participant.Identity,
            ParticipantMessagingBinding = MessagingBindingResource.Of(participant),
            ConversationSid = conversation.Sid,
            ConversationUniqueName = conversation.UniqueName,
            ConversationFriendlyName = conversation.FriendlyName,
            ConversationAttributes = conversation.Attributes,
            ConversationDateCreated = new(conversation.DateCreated),
            ConversationDateUpdated = new(conversation.DateUpdated),
            ConversationCreatedBy = ConversationMessage.DefaultAuthor,
            ConversationState = conversation.State,
            ConversationTimers = new Dictionary<string, string>(),
            Links = new Dictionary<string, string> { ["participant"] = $"{url}/Participants/{participant.Sid}",
                ["conversation"] = url },
        };
    }
}

/// <summary>Filters conversations by participant; one of the two is required.</summary>
internal sealed record ParticipantConversationFilter
{
    /// <summary>The address of a handset: E.164, or with <c>whatsapp:</c> or <c>rcs:</c>.</summary>
    [FromQuery(Name = "Address")]
    public string? Address { get; init; }

    /// <summary>The application's name for a participant who chats.</summary>
    [FromQuery(Name = "Identity")]
    public string? Identity { get; init; }

    public IQueryable<ConversationParticipant> Apply(IQueryable<ConversationParticipant> participants)
    {
        if (!string.IsNullOrEmpty(Identity))
            participants = participants.Where(participant => participant.Identity == Identity);
        if (string.IsNullOrEmpty(Address)) return participants;
        var address = RecipientAddress.Parse(Address).Address?.Value ?? Address;
        return participants.Where(participant => participant.Address == address);
    }
}

/// <summary>The rules for the search.</summary>
internal sealed class ParticipantConversationFilterRules : AbstractValidator<ParticipantConversationFilter>
{
    public ParticipantConversationFilterRules() => RuleFor(filter => filter.Address)
        .Must((filter, address) => !string.IsNullOrEmpty(address) || !string.IsNullOrEmpty(filter.Identity))
        .ToApiError(_ => "Identity or Address must be given");
}
