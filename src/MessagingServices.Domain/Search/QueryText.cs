using System.Globalization;
using System.Text;

namespace MessagingServices.Domain.Search;

/// <summary>How the parts of a query are written.</summary>
internal static class QueryText
{
    private const char Quote = '"';
    private const char Escape = '\\';

    /// <summary>A word, in quotes unless it is read as a word without them.</summary>
    public static string Word(string text) =>
        text[0] == '-' || QueryPrefixes.Of(text) is not null ? Quoted(text) : Value(text);

    /// <summary>The value of a prefix, in quotes if it needs them.</summary>
    public static string Value(string text) =>
        text.Length == 0 || text[0] == Quote || text.Any(char.IsWhiteSpace) ? Quoted(text) : text;

    /// <summary>A moment, as ISO 8601 writes it.</summary>
    public static string Of(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads a word or a value, and moves behind it.</summary>
    public static string Read(string query, ref int position)
    {
        if (position < query.Length && query[position] == Quote) return ReadQuoted(query, ref position);
        var start = position;
        while (position < query.Length && !char.IsWhiteSpace(query[position])) position++;
        return query[start..position];
    }

    // A missing quote at the end is forgiven: people type it last.
    private static string ReadQuoted(string query, ref int position)
    {
        var text = new StringBuilder();
        for (position++; position < query.Length && query[position] != Quote; position++)
        {
            if (query[position] == Escape && position + 1 < query.Length && query[position + 1] is Quote or Escape)
                position++;
            text.Append(query[position]);
        }

        if (position < query.Length) position++;
        return text.ToString();
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder().Append(Quote);
        foreach (var c in text)
        {
            if (c is Quote or Escape) quoted.Append(Escape);
            quoted.Append(c);
        }

        return quoted.Append(Quote).ToString();
    }
}
