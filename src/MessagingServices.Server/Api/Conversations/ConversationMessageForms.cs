using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Conversations;
using MessagingServices.Server.Outbound.Accept;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>What the application says in a conversation: a text, or a content template.</summary>
internal sealed record CreateConversationMessageForm
{
    /// <summary>Who says it: an identity, or any other name; <c>system</c> by default. To a participant of this name or address it does not go.</summary>
    public string? Author { get; init; }

    /// <summary>The text, at most 1,600 characters. This or <c>ContentSid</c> is required.</summary>
    public string? Body { get; init; }

    /// <summary>What is kept with it: JSON as a text; <c>{}</c> by default.</summary>
    public string? Attributes { get; init; }

    /// <summary>The content template (prefix HX) that says text and media in place of <c>Body</c>.</summary>
    public string? ContentSid { get; init; }

    /// <summary>The values of the template's placeholders, a JSON object of texts.</summary>
    public string? ContentVariables { get; init; }

    /// <summary>The content template and what fills it; null when the text is said itself.</summary>
    internal ContentChoice? Content => string.IsNullOrEmpty(ContentSid) ? null : new(Sid.Parse(ContentSid), ContentVariables);

    /// <summary>What is said; the form was checked.</summary>
    internal NewConversationMessage ToNewMessage() => new()
    {
        Author = Author.OrKeep(ConversationMessage.DefaultAuthor),
        Body = string.IsNullOrEmpty(Body) ? null : Body,
        Attributes = Attributes.OrKeepAttributes("{}"),
    };
}

/// <summary>The parameters with which a message of a conversation is changed; all are optional. What handsets got already stays with them.</summary>
internal sealed record UpdateConversationMessageForm
{
    /// <summary>Another author.</summary>
    public string? Author { get; init; }

    /// <summary>Another text, at most 1,600 characters.</summary>
    public string? Body { get; init; }

    /// <summary>What is kept with it: JSON as a text.</summary>
    public string? Attributes { get; init; }

    /// <summary>Takes the form over; it was checked.</summary>
    internal void ApplyTo(ConversationMessage message)
    {
        message.Author = Author.OrKeep(message.Author);
        message.Body = Body.OrKeepNullable(message.Body);
        message.Attributes = Attributes.OrKeepAttributes(message.Attributes);
    }
}

/// <summary>What holds for a new message of a conversation.</summary>
internal sealed class CreateConversationMessageRules : AbstractValidator<CreateConversationMessageForm>
{
    /// <summary>The rules.</summary>
    public CreateConversationMessageRules()
    {
        RuleFor(form => form.Body).Must((form, body) => !string.IsNullOrEmpty(body) || !string.IsNullOrEmpty(form.ContentSid))
            .ToApiError(MessagingError.ContentMissing);
        RuleFor(form => form.Body).Must(body => body is null || body.Length <= ConversationMessage.MaxBodyLength).ToApiError(MessagingError.BodyTooLong);
        RuleFor(form => form.Author).AtMost(nameof(CreateConversationMessageForm.Author), ConversationParticipant.MaxIdentityLength);
        RuleFor(form => form.Attributes).Attributes();
        RuleFor(form => form.ContentSid).Must(sid => string.IsNullOrEmpty(sid) || Sid.TryParseAs(SidPrefix.ContentTemplate, sid, out _))
            .ToApiError(MessagingError.InvalidContentSid);
    }
}

/// <summary>What holds for a change of a message of a conversation.</summary>
internal sealed class UpdateConversationMessageRules : AbstractValidator<UpdateConversationMessageForm>
{
    /// <summary>The rules.</summary>
    public UpdateConversationMessageRules()
    {
        RuleFor(form => form.Body).Must(body => body is null || body.Length <= ConversationMessage.MaxBodyLength).ToApiError(MessagingError.BodyTooLong);
        RuleFor(form => form.Author).AtMost(nameof(UpdateConversationMessageForm.Author), ConversationParticipant.MaxIdentityLength);
        RuleFor(form => form.Attributes).Attributes();
    }
}

/// <summary>In which order the messages of a conversation are listed.</summary>
internal sealed record ConversationMessageFilter
{
    /// <summary><c>asc</c> (default): the first first; <c>desc</c>: the last first.</summary>
    [Microsoft.AspNetCore.Mvc.FromQuery(Name = "Order")]
    public string? Order { get; init; }

    /// <summary>Whether the first comes first; the order was checked.</summary>
    internal bool OldestFirst => !string.Equals(Order, "desc", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What holds for the order of messages.</summary>
internal sealed class ConversationMessageFilterRules : AbstractValidator<ConversationMessageFilter>
{
    /// <summary>The rules.</summary>
    public ConversationMessageFilterRules() => RuleFor(filter => filter.Order).OneOf("asc", "desc", "")
        .ToApiError(value => $"Order must be asc or desc, not '{value}'");
}
