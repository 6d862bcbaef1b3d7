using System.Globalization;
using System.Text.RegularExpressions;

namespace MessagingServices.Domain.Clock;

/// <summary>
/// An ISO 8601 duration, for example <c>PT1H</c>, <c>P1DT12H</c> or <c>P2W</c>. Years and months are those of the
/// calendar.
/// </summary>
public readonly partial record struct IsoDuration
{
    private const int MonthsOfYear = 12;
    private const int DaysOfWeek = 7;

    private IsoDuration(int months, TimeSpan time) => (Months, Time) = (months, time);

    private int Months { get; }

    private TimeSpan Time { get; }

    /// <summary>Parses a duration. Negative durations are invalid.</summary>
    public static bool TryParse(string? text, out IsoDuration duration)
    {
        duration = default;
        var match = Syntax().Match(text ?? "");
        if (!match.Success || text!.EndsWith('P') || text.EndsWith('T')) return false;
        try
        {
            duration = new(
                checked((int)((Part("y") * MonthsOfYear) + Part("mo"))),
                Span(Part("w") * DaysOfWeek, TimeSpan.TicksPerDay)
                + Span(Part("d"), TimeSpan.TicksPerDay)
                + Span(Part("h"), TimeSpan.TicksPerHour)
                + Span(Part("m"), TimeSpan.TicksPerMinute)
                + Span(Part("s"), TimeSpan.TicksPerSecond));
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }

        decimal Part(string name) => match.Groups[name] is { Success: true } group
            ? decimal.Parse(group.Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : 0;

        // The clock has a resolution of microseconds.
        static TimeSpan Span(decimal value, long ticks) =>
            TimeSpan.FromMicroseconds(checked((long)(value * ticks)) / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>The time after the duration; null beyond the year 9999.</summary>
    public DateTimeOffset? After(DateTimeOffset time)
    {
        try
        {
            return time.AddMonths(Months) + Time;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        """
        ^P(?:(?<y>[0-9]+)Y)?(?:(?<mo>[0-9]+)M)?(?:(?<w>[0-9]+)W)?(?:(?<d>[0-9]+(?:[.,][0-9]+)?)D)?
        (?:T(?:(?<h>[0-9]+(?:[.,][0-9]+)?)H)?(?:(?<m>[0-9]+(?:[.,][0-9]+)?)M)?(?:(?<s>[0-9]+(?:[.,][0-9]+)?)S)?)?\z
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Syntax();
}
