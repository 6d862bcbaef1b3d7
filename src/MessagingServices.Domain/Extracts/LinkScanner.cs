using System.Buffers;
using System.Collections.Frozen;

namespace MessagingServices.Domain.Extracts;

/// <summary>The kind of something that looks like a link.</summary>
internal enum LinkKind
{
    /// <summary>It begins with <c>http://</c> or <c>https://</c>.</summary>
    Web,

    /// <summary>It has no scheme: <c>www.example.com</c>, <c>example.com/path</c>.</summary>
    Bare,

    /// <summary>It has another scheme, such as <c>app://</c>, or is an email address. It is not shown.</summary>
    Other,
}

/// <summary>A link in a text.</summary>
/// <param name="Value">The part of the text.</param>
/// <param name="Start">Its place in the text.</param>
internal readonly record struct FoundLink(LinkKind Kind, string Value, int Start)
{
    public int End => Start + Value.Length;
}

/// <summary>Finds links. It passes over the text once.</summary>
internal static class LinkScanner
{
    private const string Separator = "://";

    /// <summary>No host is longer.</summary>
    private const int MaxHost = 253;

    private static readonly SearchValues<char> Starts = SearchValues.Create(":@.");

    private static readonly FrozenSet<string> TopLevelDomains = Table.Read("top-level-domains.txt")
        .SelectMany(line => line.Split(' ')).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All links, in their order. They do not overlap.</summary>
    public static IReadOnlyList<FoundLink> Scan(string text)
    {
        List<FoundLink> links = [];
        // A colon, a dot or an @ is in every link.
        for (var (position, free) = (0, 0); Next(text, position) is var at and >= 0;)
        {
            if (At(text, free, at) is { } link)
            {
                links.Add(link);
                position = free = link.End;
            }
            else
            {
                position = at + 1;
            }
        }

        return links;
    }

    private static int Next(string text, int position)
    {
        var found = text.AsSpan(position).IndexOfAny(Starts);
        return found < 0 ? -1 : position + found;
    }

    private static FoundLink? At(string text, int free, int at) => text[at] switch
    {
        ':' => text.AsSpan(at).StartsWith(Separator, StringComparison.Ordinal) ? WithScheme(text, free, at) : null,
        '@' => Email(text, free, at),
        _ => Bare(text, free, at),
    };

    private static FoundLink? WithScheme(string text, int free, int colon)
    {
        var start = StartOf(text, free, colon, c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
        while (start < colon && !char.IsAsciiLetter(text[start])) start++;
        var scheme = text.AsSpan(start, colon - start);
        if (scheme.IsEmpty) return null;
        // Text may stand directly before the link: "hier:https://", "请点击https://".
        foreach (var web in (ReadOnlySpan<string>)["https", "http"])
        {
            if (!scheme.EndsWith(web, StringComparison.OrdinalIgnoreCase)) continue;
            start = colon - web.Length;
            var value = text[start..LinkEnd.Of(text, start, colon + Separator.Length)];
            return CanBeOpened(value) ? new(LinkKind.Web, value, start) : null;
        }

        return new(LinkKind.Other, text[start..LinkEnd.Of(text, start, colon + Separator.Length)], start);
    }

    private static FoundLink? Email(string text, int free, int at)
    {
        var start = StartOf(text, free, at, c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-');
        var end = at + 1;
        var max = Math.Min(text.Length, end + MaxHost);
        while (end < max && IsOfHost(text[end])) end++;
        while (end > at && text[end - 1] is '.' or '-') end--;
        return start < at && text.AsSpan(at, end - at).Contains('.')
            ? new(LinkKind.Other, text[start..end], start) : null;
    }

    private static FoundLink? Bare(string text, int free, int dot)
    {
        var start = StartOf(text, free, dot, IsOfHost);
        var end = dot;
        var max = Math.Min(text.Length, end + MaxHost);
        while (end < max && IsOfHost(text[end])) end++;
        var host = text.AsSpan(start, end - start);
        var hasPath = end + 1 < text.Length && text[end] == '/' && !char.IsWhiteSpace(text[end + 1]);
        if (!(hasPath || host.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) || !IsHost(host.TrimEnd('.')))
            return null;
        var value = text[start..LinkEnd.Of(text, start, start)];
        return CanBeOpened($"https://{value}") ? new(LinkKind.Bare, value, start) : null;
    }

    private static bool IsHost(ReadOnlySpan<char> host)
    {
        var labels = 0;
        var last = host;
        foreach (var range in host.Split('.'))
        {
            last = host[range];
            if (last.IsEmpty || last[0] == '-') return false;
            labels++;
        }

        return labels >= 2 && TopLevelDomains.Contains(last.ToString().ToLowerInvariant());
    }

    private static bool CanBeOpened(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri) && HttpUrl.IsRequestable(uri);

    private static bool IsOfHost(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-';

    private static int StartOf(string text, int free, int end, Func<char, bool> belongs)
    {
        var start = end;
        var min = Math.Max(free, end - MaxHost);
        while (start > min && belongs(text[start - 1])) start--;
        return start;
    }
}
