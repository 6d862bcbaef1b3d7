using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Conversations;
using MessagingServices.Server.Outbound.Accept;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// A message of a conversation on the wire. Source:
/// https://www.twilio.com/docs/conversations/api/conversation-message-resource.
/// </summary>
internal sealed record ConversationMessageResource
{
    /// <summary>SID with the prefix IM.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns the conversation.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The conversation.</summary>
    public required Sid ConversationSid { get; init; }

    /// <summary>The place in the conversation, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>The identity or address of the author.</summary>
    public required string Author { get; init; }

    /// <summary>The text; null when there is none.</summary>
    public required string? Body { get; init; }

    /// <summary>The media that it came with; null when there are none.</summary>
    public required IReadOnlyList<ConversationMediaResource>? Media { get; init; }

    /// <summary>The application's own data, JSON as a text.</summary>
    public required string Attributes { get; init; }

    /// <summary>The participant that the author is; null when it is none.</summary>
    public required Sid? ParticipantSid { get; init; }

    /// <summary>When it was added; ISO 8601.</summary>
    public required Iso8601Date DateCreated { get; init; }

    /// <summary>When it last changed; ISO 8601.</summary>
    public required Iso8601Date DateUpdated { get; init; }

    /// <summary>Its delivery to participants with addresses; null when there were none.</summary>
    public required DeliverySummary? Delivery { get; init; }

    /// <summary>The content template of its text.</summary>
    public required Sid? ContentSid { get; init; }

    /// <summary>The resource's address.</summary>
    public required string Url { get; init; }

    /// <summary>The URLs of its subresources.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; }

    /// <summary>The path of a message.</summary>
    public static string Path(Sid conversation, Sid message) =>
        $"{ConversationResource.Path(conversation)}/Messages/{message}";

    /// <summary>The resource of a message, its addresses on the host that the request came to.</summary>
    public static ConversationMessageResource Of(
        ConversationMessage message, ConversationMessageDetails details, HttpRequest request)
    {
        var url = request.AbsoluteUrl(Path(message.ConversationSid, message.Sid));
        var media = details.MediaOf(message)
            .Select(item => new ConversationMediaResource("media", item.Sid, item.ContentType, null, item.Size))
                .ToList();
        return new()
        {
            Sid = message.Sid,
            AccountSid = message.AccountSid,
            ConversationSid = message.ConversationSid,
            Index = message.Index,
            Author = message.Author,
            Body = message.Body,
            Media = media.Count > 0 ? media : null,
            Attributes = message.Attributes,
            ParticipantSid = message.ParticipantSid,
            DateCreated = new(message.DateCreated),
            DateUpdated = new(message.DateUpdated),
            Delivery = details.DeliveryOf(message),
            ContentSid = message.ContentSid,
            Url = url,
            Links = new Dictionary<string, string>
            {
                ["delivery_receipts"] = $"{url}/Receipts",
                ["channel_metadata"] = $"{url}/ChannelMetadata",
            },
        };
    }
}

/// <summary>A media item that came with a message.</summary>
/// <param name="Category">Always <c>media</c>.</param>
/// <param name="Sid">SID with the prefix ME, as in the inbound message.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Filename">Null: handsets send none.</param>
/// <param name="Size">Its bytes.</param>
internal sealed record ConversationMediaResource(
    string Category, Sid Sid, string ContentType, string? Filename, int Size);

/// <summary>A new message of a conversation: a text, or a content template.</summary>
internal sealed record CreateConversationMessageForm : IDatedForm
{
    /// <summary>A date with time and zone. It is checked, and has no effect.</summary>
    public string? DateCreated { get; init; }

    /// <summary>A date with time and zone. It is checked, and has no effect.</summary>
    public string? DateUpdated { get; init; }

    /// <summary>
    /// The author: an identity, or any other name; <c>system</c> by default. The message does not go to a participant
    /// of this name or address.
    /// </summary>
    public string? Author { get; init; }

    /// <summary>The text, at most 1,600 characters. This or <c>ContentSid</c> is required.</summary>
    public string? Body { get; init; }

    /// <summary>The application's own data: JSON as a text; <c>{}</c> by default.</summary>
    public string? Attributes { get; init; }

    /// <summary>The content template (prefix HX) for text and media, in place of <c>Body</c>.</summary>
    public string? ContentSid { get; init; }

    /// <summary>The values of the template's placeholders, a JSON object of texts.</summary>
    public string? ContentVariables { get; init; }

    /// <summary>The content template and its variables; null when the form has the text itself.</summary>
    internal ContentChoice? Content =>
        string.IsNullOrEmpty(ContentSid) ? null : new(Sid.Parse(ContentSid), ContentVariables);

    /// <summary>The message, from a form that the rules have checked.</summary>
    internal NewConversationMessage ToNewConversationMessage() => new()
    {
        Author = Author.OrKeep(ConversationMessage.DefaultAuthor),
        Body = string.IsNullOrEmpty(Body) ? null : Body,
        Attributes = Attributes.OrKeepAttributes("{}"),
    };
}

/// <summary>
/// The parameters with which a message of a conversation is changed; all are optional. Messages that went to handsets
/// do not change.
/// </summary>
internal sealed record UpdateConversationMessageForm : IDatedForm
{
    /// <summary>A date with time and zone. It is checked, and has no effect.</summary>
    public string? DateCreated { get; init; }

    /// <summary>A date with time and zone. It is checked, and has no effect.</summary>
    public string? DateUpdated { get; init; }

    /// <summary>Another author.</summary>
    public string? Author { get; init; }

    /// <summary>Another text, at most 1,600 characters.</summary>
    public string? Body { get; init; }

    /// <summary>The application's own data: JSON as a text.</summary>
    public string? Attributes { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    internal void ApplyTo(ConversationMessage message)
    {
        message.Author = Author.OrKeep(message.Author);
        message.Body = Body.OrKeepNullable(message.Body);
        message.Attributes = Attributes.OrKeepAttributes(message.Attributes);
    }
}

/// <summary>The rules for a new message of a conversation.</summary>
internal sealed class CreateConversationMessageRules : AbstractValidator<CreateConversationMessageForm>
{
    public CreateConversationMessageRules()
    {
        this.AddDates();
        RuleFor(form => form.Body)
            .Must((form, body) => !string.IsNullOrEmpty(body) || !string.IsNullOrEmpty(form.ContentSid))
            .ToApiError(MessagingError.ContentMissing);
        RuleFor(form => form.Body).AtMost(ConversationMessage.MaxBodyLength).ToApiError(MessagingError.BodyTooLong);
        RuleFor(form => form.Author)
            .AtMost(nameof(CreateConversationMessageForm.Author), ConversationParticipant.MaxIdentityLength);
        RuleFor(form => form.Attributes).Attributes();
        RuleFor(form => form.ContentSid).SidOf(SidPrefix.ContentTemplate)
            .ToApiError(MessagingError.InvalidContentSid);
    }
}

/// <summary>The rules for a change of a message of a conversation.</summary>
internal sealed class UpdateConversationMessageRules : AbstractValidator<UpdateConversationMessageForm>
{
    public UpdateConversationMessageRules()
    {
        this.AddDates();
        RuleFor(form => form.Body).AtMost(ConversationMessage.MaxBodyLength).ToApiError(MessagingError.BodyTooLong);
        RuleFor(form => form.Author)
            .AtMost(nameof(UpdateConversationMessageForm.Author), ConversationParticipant.MaxIdentityLength);
        RuleFor(form => form.Attributes).Attributes();
    }
}

/// <summary>In which order the messages of a conversation are listed.</summary>
internal sealed record ConversationMessageFilter
{
    /// <summary>The order of the list: <c>asc</c> (default) is oldest first, <c>desc</c> is newest first.</summary>
    [Microsoft.AspNetCore.Mvc.FromQuery(Name = "Order")]
    public string? Order { get; init; }

    /// <summary>Whether the oldest comes first; the rules have checked the order.</summary>
    internal bool OldestFirst => !string.Equals(Order, "desc", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The rules for the order of messages.</summary>
internal sealed class ConversationMessageFilterRules : AbstractValidator<ConversationMessageFilter>
{
    public ConversationMessageFilterRules() => RuleFor(filter => filter.Order).OneOf("asc", "desc", "")
        .ToApiError(value => $"Order must be asc or desc, not '{value}'");
}
