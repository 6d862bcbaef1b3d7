using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Which page of a list is asked for: <c>PageSize</c> (1 to 1,000, more is taken as 1,000; 50 when absent), <c>Page</c>
/// (the caller's own count) and <c>PageToken</c>, which names the item beside the page. A token stays good when that
/// item is deleted.
/// </summary>
internal sealed record PageRequest
{
    internal const int DefaultSize = 50;
    internal const int MaxSize = 1000;

    private PageRequest(int size, int page, PageToken? token) => (Size, Page, Token) = (size, page, token);

    /// <summary>How many items the page holds at most.</summary>
    public int Size { get; }

    /// <summary>The caller's count of pages, from 0.</summary>
    public int Page { get; }

    /// <summary>Where the page begins or ends; null for the first page.</summary>
    public PageToken? Token { get; }

    /// <summary>Reads the query. The lists of the 2010 API have their pages by token only.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxSize">The max items of a page of this list, if it is lower than for others.</param>
    /// <exception cref="TwilioException">20001 for a bad size or count, or a count without a token on the 2010 API;
    /// 21481 for a bad token.</exception>
    public static PageRequest Read(HttpRequest request, int maxSize = MaxSize)
    {
        var size = Integer("PageSize", Math.Min(DefaultSize, maxSize), min: 1);
        var page = Integer("Page", 0, min: 0);
        var text = request.Query["PageToken"].FirstOrDefault();
        if (page > 0 && string.IsNullOrEmpty(text)
            && request.Path.StartsWithSegments("/2010-04-01", StringComparison.Ordinal))
            throw new TwilioException(MessagingError.BadParameter.ToApiError("PageToken is required for paging."));
        return new(Math.Min(size, maxSize), page, string.IsNullOrEmpty(text) ? null : PageToken.Parse(text));

        int Integer(string name, int absent, int min)
        {
            if (!request.Query.TryGetValue(name, out var values)) return absent;
            var text = values.FirstOrDefault() ?? "";
            if (!BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                throw new TwilioException(
                    MessagingError.BadParameter.ToApiError($"invalid literal for int() with base 10: '{text}'"));
            return value >= min
                ? (int)BigInteger.Min(value, int.MaxValue)
                : throw new TwilioException(MessagingError.BadParameter.ToApiError($"{name} must be at least {min}"));
        }
    }
}

/// <summary>
/// The item beside a page. The page contains the items after it, or before it, in the list's order (newest first).
/// </summary>
/// <param name="Backwards">Whether the page lies before the item.</param>
/// <param name="Sid">The item, for people.</param>
/// <param name="Ordinal">The item's place in the order of creation.</param>
internal sealed record PageToken(bool Backwards, Sid Sid, long Ordinal)
{
    /// <summary>The token as text: <c>PA</c> or <c>PB</c>, the SID, the place in hexadecimal digits.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Backwards ? "PB" : "PA")}{Sid}{Ordinal:x}");

    /// <exception cref="TwilioException">21481 when it is none.</exception>
    public static PageToken Parse(string text) => TryParse(text, out var token)
        ? token : throw new TwilioException(MessagingError.InvalidPageToken.ToApiError());

    /// <summary>Reads a token; false for a text that is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PageToken? token)
    {
        const int head = 2 + Sid.Length;
        token = text.Length > head && text[..2] is "PA" or "PB" && Sid.TryParse(text[2..head], null, out var sid)
            && long.TryParse(text.AsSpan(head), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out var ordinal) && ordinal >= 0
            ? new(text.StartsWith("PB", StringComparison.Ordinal), sid, ordinal)
            : null;
        return token is not null;
    }
}
