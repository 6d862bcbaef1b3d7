using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Monitor;

/// <summary>Which alerts are listed. An absent or empty parameter matches all.</summary>
internal sealed record AlertFilter
{
    /// <summary>The level: <c>error</c>, <c>warning</c>, <c>notice</c> or <c>debug</c>; there are none of the last
    /// two.</summary>
    public string? LogLevel { get; init; }

    /// <summary>Those of then or later: <c>YYYY-MM-DD</c>, or with a time, in GMT on the emulator's clock.</summary>
    public string? StartDate { get; init; }

    /// <summary>Those of then or before; a date without a time includes its day.</summary>
    public string? EndDate { get; init; }

    /// <summary>Those of this message.</summary>
    public string? ResourceSid { get; init; }

    /// <summary>Filters webhooks that had an error; the shape was checked.</summary>
    internal IQueryable<Webhook> Apply(IQueryable<Webhook> webhooks)
    {
        webhooks = LogLevel?.ToLowerInvariant() switch
        {
            null or "" => webhooks,
            "error" => webhooks.Where(webhook => webhook.Outcome != WebhookOutcome.Delivered),
            "warning" => webhooks.Where(webhook => webhook.Outcome == WebhookOutcome.Delivered),
            _ => webhooks.Where(_ => false),
        };
        if (AlertDates.Read(StartDate) is { } start)
            webhooks = webhooks.Where(webhook => webhook.DateCreated >= start.Moment);
        if (AlertDates.Read(EndDate) is { } end)
        {
            // Alerts show whole seconds, so the last one belongs to the range.
            var limit = end.IsDay ? end.Moment.AddDays(1) : end.Moment.AddSeconds(1);
            webhooks = webhooks.Where(webhook => webhook.DateCreated < limit);
        }

        return Sid.TryParse(ResourceSid, null, out var resource)
            ? webhooks.Where(webhook => webhook.MessageSid == resource) : webhooks;
    }
}

/// <summary>The dates of the monitor.</summary>
internal static class AlertDates
{
    /// <summary>A day, or a moment; null for another text.</summary>
    public static (DateTimeOffset Moment, bool IsDay)? Read(string? text)
    {
        if (DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
            return IsUsable(day) ? (day, true) : null;
        return Iso8601Time.TryParse(text, out var moment) && IsUsable(moment) ? (moment, false) : null;
    }

    private static bool IsUsable(DateTimeOffset time) => time.Year is >= 1900 and <= 9000;
}

/// <summary>Levels, dates and SIDs must be readable.</summary>
internal sealed class AlertFilterRules : AbstractValidator<AlertFilter>
{
    public AlertFilterRules()
    {
        RuleFor(filter => filter.LogLevel).OneOf("", "error", "warning", "notice", "debug")
            .ToApiError(value => $"LogLevel must be error, warning, notice or debug, not '{value}'");
        RuleFor(filter => filter.StartDate).Must(IsDate).ToApiError(value => $"StartDate '{value}' is not a date");
        RuleFor(filter => filter.EndDate).Must(IsDate).ToApiError(value => $"EndDate '{value}' is not a date");
        RuleFor(filter => filter.ResourceSid)
            .Must(value => string.IsNullOrEmpty(value) || Sid.TryParse(value, null, out _))
            .ToApiError(value => $"ResourceSid '{value}' is not a valid SID");
    }

    private static bool IsDate(string? text) => string.IsNullOrEmpty(text) || AlertDates.Read(text) is not null;
}
