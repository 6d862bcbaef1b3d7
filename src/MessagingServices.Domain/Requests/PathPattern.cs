using System.Text;
using System.Text.RegularExpressions;

namespace MessagingServices.Domain.Requests;

/// <summary>
/// The pattern of paths of a request rule: a path as Twilio's documentation writes it. <c>*</c> is any text, slashes
/// included; a name in braces, such as <c>{Sid}</c>, is any text without a slash. Case counts.
/// </summary>
/// <remarks>
/// All addresses of one route match alike: by host, with the product in front, with <c>.json</c>, <c>.xml</c> or
/// neither. A pattern may name the product by its host (<c>https://messaging.twilio.com/v1/Services</c>) or in front of
/// the path (<c>/messaging/v1/Services</c>), since several products have paths of the same name.
/// </remarks>
public sealed class PathPattern
{
    /// <summary>The maximum length of a pattern, in characters.</summary>
    public const int MaxLength = 500;

    private const string Xml = ".xml";

    private readonly Regex pattern;

    private PathPattern(string text) => pattern = new(
        $"^{Expression(text.EndsWith(Xml, StringComparison.Ordinal) ? $"{text[..^Xml.Length]}.json" : text)}$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>Whether a text is a pattern: it begins with a slash, an asterisk or <c>https://</c>.</summary>
    public static bool IsPattern(string text) => text.Length <= MaxLength
        && (text.StartsWith('/') || text.StartsWith('*') || text.StartsWith("https://", StringComparison.Ordinal))
        && !text.AsSpan().ContainsAny('?', '#', ' ');

    /// <summary>Reads a pattern. It must be one: see <see cref="IsPattern"/>.</summary>
    public static PathPattern Parse(string text) => new(text);

    /// <summary>Whether one of the spellings of the request's path matches.</summary>
    public bool Matches(ApiRequest request) => request.Spellings.Any(pattern.IsMatch);

    private static StringBuilder Expression(string text)
    {
        StringBuilder expression = new();
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] == '{' ? text.AsSpan(i).IndexOfAny('}', '/') : -1;
            if (end > 0 && text[i + end] == '}')
            {
                expression.Append("[^/]+?");
                i += end;
            }
            else if (text[i] == '*') expression.Append(".*");
            else expression.Append(Regex.Escape(text[i].ToString()));
        }

        return expression;
    }
}
