using System.Globalization;

namespace MessagingServices.Server.Api.V2010;

/// <summary>A date by which lists are filtered, in GMT.</summary>
/// <param name="Moment">The moment, or the beginning of the day.</param>
/// <param name="Day">The beginning of its day.</param>
/// <param name="HasTime">Whether it names a time of that day.</param>
internal readonly record struct DateParameter(DateTimeOffset Moment, DateTimeOffset Day, bool HasTime)
{
    /// <summary>Reads a parameter.</summary>
    /// <exception cref="TwilioException">20001 when it is no date.</exception>
    public static DateParameter Read(string name, string text)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) || moment.Year is < 1900 or > 9000)
            throw new TwilioException(MessagingError.BadParameter.ToApiError($"{name} '{text}' is not a date"));
        return new(moment, new(moment.Date, TimeSpan.Zero), text.Contains(':', StringComparison.Ordinal));
    }
}
