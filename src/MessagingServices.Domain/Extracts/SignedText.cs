using System.Buffers;

namespace MessagingServices.Domain.Extracts;

/// <summary>
/// The forms by which phones read codes. Sources: https://developer.apple.com/documentation/security (domain-bound
/// codes: a last line <c>@example.com #123456</c>) and https://developers.google.com/identity/sms-retriever/verify
/// (<c>&lt;#&gt;</c> before the text and a hash of 11 characters after it).
/// </summary>
internal static class SignedText
{
    private const int LengthOfHash = 11;

    /// <summary>More than a host of usual length has, with the host of an embedded page.</summary>
    private const int MaxTokensOfLine = 60;

    private static readonly SearchValues<char> Base64 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <summary>Whether a candidate is the code of a domain-bound text.</summary>
    public static bool IsBound(TextTokens tokens, CodeCandidate candidate)
    {
        var hash = candidate.First - 1;
        if (tokens.Symbol(hash) != '#' || !tokens.Touches(hash)) return false;
        var min = Math.Max(0, hash - MaxTokensOfLine);
        for (var i = hash - 1; i >= min && tokens[i].Kind is not TokenKind.Line; i--)
            if (tokens.Symbol(i) == '@') return tokens.Or(i - 1).Kind is TokenKind.Line && tokens.Touches(i);
        return false;
    }

    /// <summary>Whether the text begins as one for Android's SMS Retriever.</summary>
    public static bool IsSigned(TextTokens tokens) =>
        tokens.Symbol(0) is '<' or '[' && tokens.Symbol(1) == '#' && tokens.Symbol(2) is '>' or ']';

    /// <summary>Whether a candidate is a part of the hash at the end.</summary>
    public static bool IsHash(TextTokens tokens, CodeCandidate candidate)
    {
        var last = tokens.Count - 1;
        while (last >= 0 && tokens[last].Kind is TokenKind.Line) last--;
        if (candidate.Last < last - LengthOfHash) return false;
        var first = last;
        while (first > 0 && tokens.Touches(first - 1) && tokens[first - 1].Kind is not TokenKind.Line) first--;
        if (first <= 0 || candidate.First < first || tokens[last].End - tokens[first].Start != LengthOfHash)
            return false;
        for (var i = first; i <= last; i++)
            if (!IsBase64(tokens, i)) return false;
        return IsSigned(tokens) || tokens.Or(first - 1).Kind is TokenKind.Line;
    }

    private static bool IsBase64(TextTokens tokens, int index) =>
        !tokens.Text(index).ContainsAnyExcept(Base64);
}
