using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>The settings of a conversation that a caller may give. Absent keeps, or takes the default; empty clears.</summary>
internal abstract record ConversationForm
{
    /// <summary>A name for people, at most 256 characters.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>A name that stands for the SID in paths, at most 256 characters; no other conversation of the account may have it.</summary>
    public string? UniqueName { get; init; }

    /// <summary>The Messaging Service that its messages go through.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>What is kept with it: JSON as a text; <c>{}</c> by default.</summary>
    public string? Attributes { get; init; }

    /// <summary><c>active</c> (default), <c>inactive</c>, <c>initializing</c> or <c>closed</c>, which is for good.</summary>
    public string? State { get; init; }

    /// <summary>Takes the form over; it was checked. The refusal when a closed conversation shall be opened.</summary>
    public ApiError? ApplyTo(Conversation conversation)
    {
        conversation.FriendlyName = FriendlyName.OrKeepNullable(conversation.FriendlyName);
        conversation.UniqueName = UniqueName.OrKeepNullable(conversation.UniqueName);
        conversation.MessagingServiceSid = MessagingServiceSid.OrKeepSid(conversation.MessagingServiceSid);
        conversation.Attributes = Attributes.OrKeepAttributes(conversation.Attributes);
        return conversation.ChangeState(State.OrKeep(conversation.State));
    }
}

/// <summary>The parameters with which a conversation is created; all are optional.</summary>
internal sealed record CreateConversationForm : ConversationForm;

/// <summary>The parameters with which a conversation is changed; all are optional.</summary>
internal sealed record UpdateConversationForm : ConversationForm;

/// <summary>What holds for the settings of a conversation.</summary>
internal abstract class ConversationRules<TForm> : AbstractValidator<TForm> where TForm : ConversationForm
{
    /// <summary>The rules.</summary>
    protected ConversationRules()
    {
        RuleFor(form => form.FriendlyName).AtMost(nameof(ConversationForm.FriendlyName), Conversation.MaxNameLength);
        RuleFor(form => form.UniqueName).AtMost(nameof(ConversationForm.UniqueName), Conversation.MaxNameLength);
        // It could never be told from that conversation.
        RuleFor(form => form.UniqueName).Must(name => !Sid.TryParseAs(SidPrefix.Conversation, name, out _))
            .ToApiError(name => $"UniqueName '{name}' looks like a SID");
        RuleFor(form => form.MessagingServiceSid).ServiceSid();
        RuleFor(form => form.Attributes).Attributes();
        RuleFor(form => form.State).OneOf(EnumNames<ConversationState>.All)
            .ToApiError(value => $"State must be initializing, inactive, active or closed, not '{value}'");
    }
}

/// <summary>The rules for a new conversation.</summary>
internal sealed class CreateConversationRules : ConversationRules<CreateConversationForm>;

/// <summary>The rules for a change.</summary>
internal sealed class UpdateConversationRules : ConversationRules<UpdateConversationForm>;
