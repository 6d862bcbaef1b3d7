using System.Text;
using System.Text.RegularExpressions;

namespace MessagingServices.Domain.Content;

/// <summary>
/// Replaces the placeholders of a content template: <c>{{1}}</c>, <c>{{name}}</c>. Source:
/// https://www.twilio.com/docs/content/using-variables-with-content-api.
/// </summary>
public static partial class Placeholders
{
    private const string Open = "{{";
    private const string Close = "}}";

    /// <summary>
    /// Whether the text is a valid URL, or becomes one with suitable values: a placeholder at the beginning can stand
    /// for the scheme, or for everything up to the host.
    /// </summary>
    public static bool CanBeUrl(string text)
    {
        // A digit is valid in all parts of a URL, ports too.
        var rest = Placeholder.Replace(Leading.Replace(text, ""), "1");
        return Leading.IsMatch(text)
            ? HttpUrl.IsValid($"http{rest}") || HttpUrl.IsValid($"http://a{rest}")
            : HttpUrl.IsValid(rest);
    }

    [GeneratedRegex(@"\A\{\{[^{}]*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Leading { get; }

    [GeneratedRegex(@"\{\{[^{}]*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder { get; }

    /// <summary>
    /// Replaces each placeholder by its value. A placeholder without a value is kept. Placeholders inside values are
    /// not replaced.
    /// </summary>
    /// <returns>The text; null if it would be longer than <paramref name="maxLength"/> UTF-16 units.</returns>
    public static string? Fill(string text, IReadOnlyDictionary<string, string> values, int maxLength)
    {
        var filled = new StringBuilder(text.Length);
        for (var rest = text.AsSpan(); ;)
        {
            var close = rest.IndexOf(Close, StringComparison.Ordinal);
            // The innermost pair counts: {{{1}}} is a placeholder within a pair of braces.
            var open = close < 0 ? -1 : rest[..close].LastIndexOf(Open, StringComparison.Ordinal);
            if (filled.Length > maxLength) return null;
            if (close < 0) return filled.Length + rest.Length > maxLength ? null : filled.Append(rest).ToString();
            if (open >= 0 && values.TryGetValue(rest[(open + Open.Length)..close].ToString(), out var value))
            {
                filled.Append(rest[..open]).Append(value);
                rest = rest[(close + Close.Length)..];
            }
            else
            {
                // Advance by one character only, so that an unmatched closing pair hides no placeholder.
                filled.Append(rest[..(close + 1)]);
                rest = rest[(close + 1)..];
            }
        }
    }
}
