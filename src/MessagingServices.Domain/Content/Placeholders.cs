using System.Text;

namespace MessagingServices.Domain.Content;

/// <summary>
/// Fills the placeholders of a content template: <c>{{1}}</c>, <c>{{name}}</c>. Source:
/// https://www.twilio.com/docs/content/using-variables-with-content-api.
/// </summary>
public static class Placeholders
{
    private const string Open = "{{";
    private const string Close = "}}";

    /// <summary>
    /// The text with each placeholder replaced by its value. What has no value stays as it is written, and values are not looked through for
    /// placeholders again.
    /// </summary>
    /// <returns>The text; null when it would be longer than <paramref name="most"/> UTF-16 units.</returns>
    public static string? Fill(string text, IReadOnlyDictionary<string, string> values, int most)
    {
        var filled = new StringBuilder(text.Length);
        for (var rest = text.AsSpan(); ;)
        {
            var close = rest.IndexOf(Close, StringComparison.Ordinal);
            // The innermost pair: {{{1}}} has the placeholder within braces of its own.
            var open = close < 0 ? -1 : rest[..close].LastIndexOf(Open, StringComparison.Ordinal);
            if (filled.Length > most) return null;
            if (close < 0) return filled.Length + rest.Length > most ? null : filled.Append(rest).ToString();
            if (open >= 0 && values.TryGetValue(rest[(open + Open.Length)..close].ToString(), out var value))
            {
                filled.Append(rest[..open]).Append(value);
                rest = rest[(close + Close.Length)..];
            }
            else
            {
                // One character on, so that a closing pair that belongs to nothing hides no placeholder.
                filled.Append(rest[..(close + 1)]);
                rest = rest[(close + 1)..];
            }
        }
    }
}
