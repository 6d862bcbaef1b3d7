using System.Globalization;
using System.Text.RegularExpressions;

namespace MessagingServices.Domain.Clock;

/// <summary>A moment in a parameter, as ISO 8601 writes it.</summary>
public static partial class Iso8601Time
{
    private const int FirstYear = 1900;
    private const int LastYear = 9000;

    /// <summary>
    /// Reads <c>YYYY-MM-DDTHH:MM:SS</c>, with or without a fraction of a second, then <c>Z</c> or an offset such as
    /// <c>+02:00</c>. Anything else is no moment: a date alone, a time without a zone, a blank for the <c>T</c>, the
    /// dates of RFC 2822. Source: https://www.twilio.com/docs/api/errors/35114.
    /// </summary>
    public static bool TryParse(string? text, out DateTimeOffset moment)
    {
        moment = default;
        if (text is null || Shape.Match(text) is not { Success: true } match) return false;
        var minutes = match.Groups["minutes"].Value;
        var zone = match.Groups["hours"] is { Success: true } hours
            ? $"{hours.Value}:{(minutes.Length == 0 ? "00" : minutes)}" : "+00:00";
        return DateTimeOffset.TryParseExact(
            match.Groups["time"].Value + zone, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal, out moment);
    }

    /// <summary>
    /// Reads a moment, or a day (<c>YYYY-MM-DD</c>, the beginning of that day in UTC), of the years 1900 to 9000.
    /// </summary>
    public static bool TryParseDayOrMoment(string? text, out DateTimeOffset moment)
    {
        var isRead = DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment)
            || TryParse(text, out moment);
        return isRead && moment.Year is >= FirstYear and <= LastYear;
    }

    [GeneratedRegex(
        @"\A(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?)"
        + @"(Z|(?<hours>[+-][0-9]{2}):?(?<minutes>[0-9]{2})?)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Shape { get; }
}
