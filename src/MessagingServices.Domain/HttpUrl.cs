using System.Buffers;

namespace MessagingServices.Domain;

/// <summary>The rules for URLs that the API accepts: webhooks, media and links.</summary>
public static class HttpUrl
{
    /// <summary>The maximum length of a URL, in characters.</summary>
    public const int MaxLength = 4000;

    /// <summary>The characters of a URL that need not be percent-encoded. Source: RFC 3986.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%^`\\");

    /// <summary>
    /// Whether Twilio would request the URL: absolute, http or https, at most <see cref="MaxLength"/> characters, with
    /// everything percent-encoded that must be.
    /// </summary>
    public static bool IsValid(string text) =>
        text.Length <= MaxLength && IsEncoded(text) && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && IsRequestable(uri);

    /// <summary>
    /// Whether the URL can get the status callbacks of a message: a valid URL without an underscore in its host.
    /// Source: https://www.twilio.com/docs/api/errors/21609.
    /// </summary>
    public static bool IsStatusCallback(string text) =>
        IsValid(text) && !new Uri(text).Host.Contains('_', StringComparison.Ordinal);

    internal static bool IsRequestable(Uri uri) => uri.Scheme is "http" or "https" && uri.Host.Length > 0;

    private static bool IsEncoded(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(Plain)) return false;
        for (var percent = text.IndexOf('%'); percent >= 0; percent = text.IndexOf('%'))
        {
            if (text.Length < percent + 3 || !char.IsAsciiHexDigit(text[percent + 1])
                || !char.IsAsciiHexDigit(text[percent + 2])) return false;
            text = text[(percent + 3)..];
        }

        return true;
    }
}
