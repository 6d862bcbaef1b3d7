namespace MessagingServices.Domain.Inbound;

/// <summary>The URLs that a document names.</summary>
internal static class DocumentUrl
{
    /// <summary>As long as any URL that is taken through the API.</summary>
    private const int MaxLength = 2048;

    /// <summary>
    /// The absolute URL that a document means: http or https, with its fragment. As it is written where that is clear, since the receiver
    /// checks a signature over it. Null when it cannot be called.
    /// </summary>
    /// <param name="document">The document's own absolute URL, which relative ones start from.</param>
    /// <param name="text">What stands in the document; white space around it does not count.</param>
    public static string? Resolve(string document, string text)
    {
        var url = text.Trim();
        if (url.Length > MaxLength || url.Any(char.IsControl)) return null;
        if (!Uri.TryCreate(document, UriKind.Absolute, out var own) || !Uri.TryCreate(own, url, out var resolved) || !IsCallable(resolved)) return null;
        var meant = url switch
        {
            ['/', not '/' and not '\\', ..] or "/" => AuthorityOf(document) + url,
            _ when IsWhole(url) => url,
            _ => resolved.AbsoluteUri,
        };
        return meant.Length <= MaxLength ? meant : null;
    }

    private static bool IsWhole(string url) =>
        url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static bool IsCallable(Uri uri) =>
        uri.Scheme is "http" or "https" && uri.Host.Length > 0 && !uri.Host.Contains('_', StringComparison.Ordinal);

    private static string AuthorityOf(string url)
    {
        var authority = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var length = url.AsSpan(authority).IndexOfAny("/?#\\");
        return length < 0 ? url : url[..(authority + length)];
    }
}
