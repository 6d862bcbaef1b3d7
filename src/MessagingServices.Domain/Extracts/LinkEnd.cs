using System.Buffers;
using System.Text;

namespace MessagingServices.Domain.Extracts;

/// <summary>Where a link ends: people write punctuation and text directly after it.</summary>
internal static class LinkEnd
{
    private static readonly SearchValues<char> Never =
        SearchValues.Create("<>\"`{}|\\^“”„«»‹›‘‚");

    private static readonly SearchValues<char> NotAtTheEnd = SearchValues.Create(".,;:!?'’");

    /// <summary>The place after a link.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the link begins.</param>
    /// <param name="host">Where its host begins.</param>
    public static int Of(string text, int start, int host)
    {
        // Chinese, Japanese and Korean text follows a link without a space. A host in these scripts is a host.
        var isAscii = host < text.Length && char.IsAscii(text[host]);
        var max = Math.Min(text.Length, start + HttpUrl.MaxLength);
        var end = host;
        while (end < max && Belongs(text, end, isAscii)) end += char.IsHighSurrogate(text[end]) ? 2 : 1;
        return Trim(text, start, host, end);
    }

    private static bool Belongs(string text, int at, bool isAscii)
    {
        var c = text[at];
        if (char.IsWhiteSpace(c) || char.IsControl(c) || Never.Contains(c)) return false;
        if (char.IsSurrogate(c)) return !isAscii && Rune.TryGetRuneAt(text, at, out _);
        return char.IsLetterOrDigit(c) ? !isAscii || !TextScript.HasNoSpaces(c) : char.IsAscii(c);
    }

    private static int Trim(string text, int start, int host, int end)
    {
        // Chat applications write *bold* and _italic_.
        var emphasis = start > 0 && text[start - 1] is '*' or '_' or '~' ? text[start - 1] : '\0';
        var link = text.AsSpan(host, end - host);
        var unbalanced = link.Count(')') - link.Count('(');
        var unbalancedBrackets = link.Count(']') - link.Count('[');
        while (end > host)
        {
            var last = text[end - 1];
            if (!NotAtTheEnd.Contains(last) && last != emphasis
                && !(last == ')' && unbalanced-- > 0) && !(last == ']' && unbalancedBrackets-- > 0)) break;
            end--;
        }

        return end;
    }
}
