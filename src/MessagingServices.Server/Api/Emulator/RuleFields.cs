using System.Globalization;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The fields that the rules of all families have: their checks and their values.</summary>
internal static class RuleFields
{
    private static readonly MessagingError TimesOutOfRange =
        MessagingError.BadParameter with { Text = $"Times must be 1 to {RuleLimits.MaxTimes}" };

    private static readonly MessagingError SeedOutOfRange =
        MessagingError.BadParameter with { Text = $"Seed must be 0 to {int.MaxValue}" };

    /// <summary>How often a rule applies: 1 to <see cref="RuleLimits.MaxTimes"/>.</summary>
    public static IRuleBuilderOptions<T, string?> Times<T>(this IRuleBuilder<T, string?> rule) =>
        rule.WholeNumber().Between(1, RuleLimits.MaxTimes, TimesOutOfRange);

    /// <summary>A time in milliseconds, of at most a day.</summary>
    public static IRuleBuilderOptions<T, string?> Milliseconds<T>(this IRuleBuilder<T, string?> rule, string name) =>
        rule.WholeNumber().Between(0, RuleLimits.MaxDelayMs, MessagingError.BadParameter with
        {
            Text = $"{name} must be 0 to {RuleLimits.MaxDelayMs} milliseconds",
        });

    /// <summary>A percentage in hundredths.</summary>
    public static IRuleBuilderOptions<T, string?> Percentage<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(
            new() { Type = FieldType.Number, Min = 0, Max = 100 },
            percent => percent is null || IsPercentage(percent))
            .ToApiError(value => $"Percent must be 0 to 100 with at most two digits after the point, not '{value}'");

    /// <summary>The seed of a percentage.</summary>
    /// <param name="rule">The field.</param>
    /// <param name="percentOf">The form's percentage.</param>
    public static IRuleBuilderOptions<T, string?> Seed<T>(
        this IRuleBuilder<T, string?> rule, Func<T, string?> percentOf) =>
        rule.WholeNumber().Between(0, int.MaxValue, SeedOutOfRange)
            .Must((form, seed) => seed is null || percentOf(form) is not null)
            .ToApiError(_ => "Seed can be given with Percent only");

    /// <summary>The value of a whole number that was checked; null when it is absent.</summary>
    public static int? Number(string? field) => field is null ? null : int.Parse(field, CultureInfo.InvariantCulture);

    /// <summary>The value of a boolean that was checked; null when it is absent.</summary>
    public static bool? Switch(string? field) => field is null ? null : bool.Parse(field);

    /// <summary>The value of a percentage that was checked; null when it is absent.</summary>
    public static decimal? Percentage(string? field) => field is null ? null
        : decimal.Parse(field, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    /// <summary>
    /// The number without trailing zeros: a decimal keeps the digits that it was written or stored with.
    /// </summary>
    public static decimal? WithoutZeros(decimal? number) => number / 1.0000000000000000000000000000m;

    private static bool IsPercentage(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
        && percent <= 100 && percent == decimal.Round(percent, 2);
}
