using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// A conversation on the wire. Source: https://www.twilio.com/docs/conversations/api/conversation-resource.
/// </summary>
internal sealed record ConversationResource
{
    /// <summary>SID with the prefix CH.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The account's conversation service.</summary>
    public required Sid ChatServiceSid { get; init; }

    /// <summary>The Messaging Service of its messages, else the default one, which sends nothing.</summary>
    public required Sid MessagingServiceSid { get; init; }

    /// <summary>A name for people.</summary>
    public required string? FriendlyName { get; init; }

    /// <summary>A name that paths can have in place of the SID.</summary>
    public required string? UniqueName { get; init; }

    /// <summary>The application's own data, JSON as a text.</summary>
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

    /// <summary>The URLs of its subresources.</summary>
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
            MessagingServiceSid =
                conversation.MessagingServiceSid ?? ChatService.MessagingServiceOf(conversation.AccountSid),
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

/// <summary>
/// The settings of a conversation that a caller may give. Absent keeps, or takes the default; empty clears.
/// </summary>
internal abstract record ConversationForm : IDatedForm
{
    /// <summary>A date with time and zone. It is checked, and has no effect.</summary>
    public string? DateCreated { get; init; }

    /// <summary>A date with time and zone. It is checked, and has no effect.</summary>
    public string? DateUpdated { get; init; }

    /// <summary>A name for people, at most 256 characters.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>
    /// A name that paths can have in place of the SID, at most 256 characters; no other conversation of the account can
    /// have it.
    /// </summary>
    public string? UniqueName { get; init; }

    /// <summary>The Messaging Service that its messages go through.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>The application's own data: JSON as a text; <c>{}</c> by default.</summary>
    public string? Attributes { get; init; }

    /// <summary>
    /// <c>active</c> (default), <c>inactive</c>, <c>initializing</c> or <c>closed</c>, which is for good.
    /// </summary>
    public string? State { get; init; }

    /// <summary>
    /// Applies the form, which the rules have checked. The error when it opens a closed conversation.
    /// </summary>
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

/// <summary>The rules for the settings of a conversation.</summary>
internal abstract class ConversationRules<TForm> : AbstractValidator<TForm> where TForm : ConversationForm
{
    protected ConversationRules()
    {
        this.AddDates();
        RuleFor(form => form.FriendlyName).AtMost(nameof(ConversationForm.FriendlyName), Conversation.MaxNameLength);
        RuleFor(form => form.UniqueName).AtMost(nameof(ConversationForm.UniqueName), Conversation.MaxNameLength);
        // A path could not distinguish it from the SID of a conversation.
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

/// <summary>Filters the list of conversations.</summary>
internal sealed record ConversationFilter
{
    /// <summary>Created then or later; ISO 8601, a date or a date with a time.</summary>
    [FromQuery(Name = "StartDate")]
    public string? StartDate { get; init; }

    /// <summary>Created then or before; ISO 8601, a date (the whole day) or a date with a time.</summary>
    [FromQuery(Name = "EndDate")]
    public string? EndDate { get; init; }

    /// <summary>The state of the conversations: <c>active</c>, <c>inactive</c> or <c>closed</c>.</summary>
    [FromQuery(Name = "State")]
    public string? State { get; init; }

    public IQueryable<Conversation> Apply(IQueryable<Conversation> conversations)
    {
        if (Date(StartDate) is { } start)
            conversations = conversations.Where(conversation => conversation.DateCreated >= start);
        if (Date(EndDate) is { } end)
        {
            // The API shows whole seconds, so the filter includes conversations that were created within the given
            // second.
            var before = IsDay(EndDate!) ? end.AddDays(1) : end.AddSeconds(1);
            conversations = conversations.Where(conversation => conversation.DateCreated < before);
        }

        if (string.IsNullOrEmpty(State)) return conversations;
        var state = EnumNames<ConversationState>.Parse(State.ToLowerInvariant());
        return conversations.Where(conversation => conversation.State == state);
    }

    /// <summary>The moment, or the beginning of the day; null when there is none.</summary>
    internal static DateTimeOffset? Date(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            && moment.Year is >= 1900 and < 9000 ? moment : null;

    private static bool IsDay(string text) => !text.Contains(':', StringComparison.Ordinal);
}

/// <summary>The rules for the filters of conversations.</summary>
internal sealed class ConversationFilterRules : AbstractValidator<ConversationFilter>
{
    public ConversationFilterRules()
    {
        RuleFor(filter => filter.StartDate).Must(Date, IsDate)
            .ToApiError(value => $"StartDate '{value}' is not a date");
        RuleFor(filter => filter.EndDate).Must(Date, IsDate)
            .ToApiError(value => $"EndDate '{value}' is not a date");
        RuleFor(filter => filter.State)
            .OneOf(["", .. EnumNames<ConversationState>.All])
            .ToApiError(value => $"State must be active, inactive or closed, not '{value}'");
    }

    private static FieldShape Date => new() { Format = "date-time" };

    private static bool IsDate(string? text) => string.IsNullOrEmpty(text) || ConversationFilter.Date(text) is not null;
}
