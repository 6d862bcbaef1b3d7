using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Events;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Which events a client wants. An absent or empty parameter means all.</summary>
internal sealed record EventsForm
{
    /// <summary>A subaccount of the caller; the caller's own account when absent.</summary>
    public string? AccountSid { get; init; }

    /// <summary>
    /// The types, separated by commas: <c>message.created</c>, <c>message.updated</c>, <c>message.deleted</c>,
    /// <c>webhook.updated</c>, <c>conversation.updated</c>, <c>opt_out.updated</c>, <c>clock.updated</c>,
    /// <c>rule.updated</c>, <c>account.updated</c>, <c>reset</c>. A <c>resync</c> is always sent.
    /// </summary>
    public string? Types { get; init; }

    /// <summary>Only events of this Messaging Service, and events of the whole account.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>
    /// The ID of the last event that the client has: it gets what came after it. For clients that cannot send the
    /// header <c>Last-Event-ID</c>, which comes first.
    /// </summary>
    public string? LastEventId { get; init; }

    /// <summary>The names in <see cref="Types"/>.</summary>
    internal static IEnumerable<string> Split(string? types) =>
        (types ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The filter; the shape was checked.</summary>
    internal EventFilter ToFilter() => new(
        Split(Types).Any()
            ? Split(Types).Aggregate(EventTypes.None, (types, name) =>
                types | (EventTypeNames.TryParse(name, out var type) ? type.Value : EventTypes.None))
            : EventTypes.All,
        string.IsNullOrEmpty(MessagingServiceSid) ? null : Sid.Parse(MessagingServiceSid));
}

/// <summary>Types must be known, and SIDs readable.</summary>
internal sealed class EventsRules : AbstractValidator<EventsForm>
{
    public EventsRules()
    {
        RuleFor(form => form.AccountSid).SidOf("AccountSid", SidPrefix.Account);
        RuleFor(form => form.Types)
            .Must(types => EventsForm.Split(types).All(
                name => name == EventTypeNames.Resync || EventTypeNames.TryParse(name, out _)))
            .ToApiError(value => $"Types '{value}' has a name that is no type of an event");
        RuleFor(form => form.MessagingServiceSid).SidOf("MessagingServiceSid", SidPrefix.MessagingService);
    }
}
