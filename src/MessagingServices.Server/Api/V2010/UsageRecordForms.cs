using System.Globalization;
using System.Text.RegularExpressions;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>Which usage is listed.</summary>
internal sealed partial record UsageRecordFilter
{
    /// <summary>
    /// The category, such as <c>sms-outbound</c>; all those of messages when absent. Those of other products have
    /// records, too: nothing was used.
    /// </summary>
    public string? Category { get; init; }

    /// <summary>
    /// The first day, <c>YYYY-MM-DD</c> in GMT, or days from today, such as <c>-30days</c>; when absent the beginning
    /// of the period, or the day on which the account was created.
    /// </summary>
    public string? StartDate { get; init; }

    /// <summary>The last day, in the same notation; today when absent.</summary>
    public string? EndDate { get; init; }

    /// <summary>Whether subaccounts count too. There are none.</summary>
    public string? IncludeSubaccounts { get; init; }

    /// <summary>The categories to list; the rules have checked the name.</summary>
    internal IReadOnlyList<UsageCategory> Categories() => string.IsNullOrEmpty(Category)
        ? UsageCategory.All : [UsageCategory.Find(Category)!];

    /// <summary>The days to list. The first may be after the last.</summary>
    /// <param name="today">Today on the emulator's clock.</param>
    /// <param name="first">The first day when none is given.</param>
    /// <param name="last">The last day when none is given.</param>
    internal (DateOnly From, DateOnly To) Days(DateOnly today, DateOnly first, DateOnly last)
    {
        var to = Day(EndDate, today) ?? last;
        var from = Day(StartDate, today) ?? (first < to ? first : to);
        return (from, to);
    }

    /// <summary>A day; null for none, or a text that is no day.</summary>
    internal static DateOnly? Day(string? text, DateOnly today)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day.Year is >= 1900 and <= 9000 ? day : null;
        return Offset.Match(text) is { Success: true } match
            ? today.AddDays(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)) : null;
    }

    [GeneratedRegex(@"\A([+-][0-9]{1,5})days?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Offset { get; }
}

/// <summary>Categories must exist, days and switches must be readable.</summary>
internal sealed class UsageRecordRules : AbstractValidator<UsageRecordFilter>
{
    // Any day: only whether the text is readable counts.
    private static readonly DateOnly Any = new(2000, 1, 1);

    public UsageRecordRules()
    {
        RuleFor(filter => filter.Category)
            .Must(name => string.IsNullOrEmpty(name) || UsageCategory.Find(name) is not null)
            .ToApiError(value => $"Invalid Category '{value}'");
        RuleFor(filter => filter.StartDate).Must(IsDay).ToApiError(value => $"StartDate '{value}' is not a date");
        RuleFor(filter => filter.EndDate).Must(IsDay).ToApiError(value => $"EndDate '{value}' is not a date");
        RuleFor(filter => filter.IncludeSubaccounts).Boolean(nameof(UsageRecordFilter.IncludeSubaccounts));
    }

    private static bool IsDay(string? text) =>
        string.IsNullOrEmpty(text) || UsageRecordFilter.Day(text, Any) is not null;
}
