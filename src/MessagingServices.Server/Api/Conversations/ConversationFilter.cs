using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>Which conversations are listed.</summary>
internal sealed record ConversationFilter
{
    /// <summary>Created then or later; ISO 8601, a date or a date with a time.</summary>
    [FromQuery(Name = "StartDate")]
    public string? StartDate { get; init; }

    /// <summary>Created then or before; ISO 8601, a date (the whole day) or a date with a time.</summary>
    [FromQuery(Name = "EndDate")]
    public string? EndDate { get; init; }

    /// <summary><c>active</c>, <c>inactive</c> or <c>closed</c>.</summary>
    [FromQuery(Name = "State")]
    public string? State { get; init; }

    /// <summary>Filters.</summary>
    public IQueryable<Conversation> Apply(IQueryable<Conversation> conversations)
    {
        if (Date(StartDate) is { } start) conversations = conversations.Where(conversation => conversation.DateCreated >= start);
        if (Date(EndDate) is { } end)
        {
            // Seconds are what is shown, so one that was created within the second named is meant.
            var before = IsDay(EndDate!) ? end.AddDays(1) : end.AddSeconds(1);
            conversations = conversations.Where(conversation => conversation.DateCreated < before);
        }

        if (string.IsNullOrEmpty(State)) return conversations;
        var state = EnumNames<ConversationState>.Parse(State.ToLowerInvariant());
        return conversations.Where(conversation => conversation.State == state);
    }

    /// <summary>The moment, or the beginning of the day; null when there is none.</summary>
    internal static DateTimeOffset? Date(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) && moment.Year is >= 1900 and < 9000 ? moment : null;

    private static bool IsDay(string text) => !text.Contains(':', StringComparison.Ordinal);
}

/// <summary>What holds for the filters of conversations.</summary>
internal sealed class ConversationFilterRules : AbstractValidator<ConversationFilter>
{
    /// <summary>The rules.</summary>
    public ConversationFilterRules()
    {
        RuleFor(filter => filter.StartDate).Must(IsDate).ToApiError(value => $"StartDate '{value}' is not a date");
        RuleFor(filter => filter.EndDate).Must(IsDate).ToApiError(value => $"EndDate '{value}' is not a date");
        RuleFor(filter => filter.State).Must(state => string.IsNullOrEmpty(state) || EnumNames<ConversationState>.TryParse(state.ToLowerInvariant(), out _))
            .ToApiError(value => $"State must be active, inactive or closed, not '{value}'");
    }

    private static bool IsDate(string? text) => string.IsNullOrEmpty(text) || ConversationFilter.Date(text) is not null;
}
