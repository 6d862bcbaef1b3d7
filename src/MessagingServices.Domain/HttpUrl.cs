namespace MessagingServices.Domain;

/// <summary>The rule for URLs that the API accepts: webhooks, media and links.</summary>
public static class HttpUrl
{
    /// <summary>The maximum length of a URL, in characters.</summary>
    public const int MaxLength = 2048;

    /// <summary>
    /// Whether Twilio would request the URL: absolute, http or https, at most <see cref="MaxLength"/> characters, no
    /// control characters, no underscore in the host name.
    /// </summary>
    public static bool IsValid(string text) =>
        text.Length <= MaxLength && !text.Any(char.IsControl) && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && IsRequestable(uri);

    internal static bool IsRequestable(Uri uri) =>
        uri.Scheme is "http" or "https" && uri.Host.Length > 0 && !uri.Host.Contains('_', StringComparison.Ordinal);
}
