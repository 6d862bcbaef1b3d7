namespace MessagingServices.Domain.Inbound;

/// <summary>Resolves the URLs in a TwiML document.</summary>
internal static class DocumentUrl
{
    /// <summary>
    /// The absolute http or https URL, with its fragment; null if it is invalid. The text is kept unchanged where
    /// possible, because the receiver verifies a signature of it.
    /// </summary>
    /// <param name="document">The document's absolute URL, the base of relative URLs.</param>
    /// <param name="text">The text in the document. White space around it is ignored.</param>
    public static string? Resolve(string document, string text)
    {
        var url = text.Trim();
        if (url.Length > HttpUrl.MaxLength || url.Any(char.IsControl)) return null;
        if (!Uri.TryCreate(document, UriKind.Absolute, out var own) || !Uri.TryCreate(own, url, out var resolved)
            || !HttpUrl.IsRequestable(resolved))
            return null;
        var exact = url switch
        {
            ['/', not '/' and not '\\', ..] or "/" => AuthorityOf(document) + url,
            _ when IsWhole(url) => url,
            _ => resolved.AbsoluteUri,
        };
        return exact.Length <= HttpUrl.MaxLength ? exact : null;
    }

    private static bool IsWhole(string url) =>
        url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static string AuthorityOf(string url)
    {
        var authority = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var length = url.AsSpan(authority).IndexOfAny("/?#\\");
        return length < 0 ? url : url[..(authority + length)];
    }
}
