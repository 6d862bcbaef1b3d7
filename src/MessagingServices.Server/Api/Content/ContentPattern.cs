using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MessagingServices.Server.Api.Content;

/// <summary>
/// A regular expression of a caller, for one search. It is evaluated in linear time; what needs more, such as a back
/// reference, is refused. Length, counts and time are limited.
/// </summary>
internal sealed partial class ContentPattern
{
    /// <summary>The maximum length, in characters.</summary>
    public const int MaxLength = 100;

    /// <summary>
    /// The maximum product of all counts, such as 6 of <c>a{2}b{1,3}</c>. Nested counts multiply the work.
    /// </summary>
    public const int MaxRepeats = 1_000;

    /// <summary>How long one text may take. The first one takes most, on a busy machine more than 100 ms.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(500);

    /// <summary>How long all texts of a search may take.</summary>
    public static readonly TimeSpan MaxTimeOfAll = TimeSpan.FromSeconds(1);

    private readonly Regex regex;
    private readonly TimeSpan maxTimeOfAll;
    private TimeSpan spent;

    private ContentPattern(Regex regex, TimeSpan maxTimeOfAll) => (this.regex, this.maxTimeOfAll) =
        (regex, maxTimeOfAll);

    /// <summary>The expression; null for none, or for one that cannot be evaluated.</summary>
    public static ContentPattern? Read(string? text) => Read(text, MaxTime, MaxTimeOfAll);

    /// <inheritdoc cref="Read(string?)"/>
    internal static ContentPattern? Read(string? text, TimeSpan maxTime, TimeSpan maxTimeOfAll)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || RepeatsOf(text) > MaxRepeats) return null;
        try
        {
            return new(
                new(text, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
                    maxTime), maxTimeOfAll);
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whether it is no regular expression, or one that can be evaluated.</summary>
    public static bool IsValid(string? text) => string.IsNullOrEmpty(text) || Read(text) is not null;

    /// <summary>Whether a part of the text matches.</summary>
    /// <exception cref="TwilioException">20001 when the search takes too long.</exception>
    public bool IsMatch(string text)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var matches = regex.IsMatch(text);
            spent += Stopwatch.GetElapsedTime(start);
            return spent < maxTimeOfAll ? matches : throw TooSlow();
        }
        catch (RegexMatchTimeoutException)
        {
            // Elsewhere it would look like a timeout of the database.
            throw TooSlow();
        }
    }

    private static TwilioException TooSlow() => new(MessagingError.BadParameter.ToApiError(
        "The regular expression takes too long. Use a simpler one, or filter by Language, ContentType or date too"));

    /// <summary>An escaped brace counts too, which refuses more than it must.</summary>
    private static double RepeatsOf(string text) => Count().Matches(text).Aggregate(1.0, (product, count) =>
        product * Math.Max(1, Math.Max(Number(count.Groups["min"]), Number(count.Groups["max"]))));

    private static double Number(Group digits) =>
        double.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"\{(?<min>[0-9]+)(,(?<max>[0-9]*))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Count();
}
