namespace MessagingServices.Domain.Search;

/// <summary>
/// A search for messages. All terms must hold. Words are parts of the body; <c>to:</c>, <c>from:</c>, <c>status:</c>,
/// <c>error:</c>, <c>service:</c>, <c>direction:</c>, <c>is:media</c>, <c>before:</c> and <c>after:</c> look at the
/// rest of the message. <c>-</c> negates a term, quotes keep words together; in quotes, <c>\</c> stands before a quote
/// or another <c>\</c>. A prefix that is not known is part of a word.
/// </summary>
public sealed class MessageQuery
{
    /// <summary>The maximum length of a query, in UTF-16 units.</summary>
    public const int MaxLength = 500;

    /// <summary>The maximum number of terms.</summary>
    public const int MaxTerms = 20;

    /// <summary>A query of terms that <see cref="Parse"/> can give.</summary>
    public MessageQuery(IReadOnlyList<QueryTerm> terms) => Terms = terms;

    /// <summary>The terms in their order; none for all messages.</summary>
    public IReadOnlyList<QueryTerm> Terms { get; }

    /// <summary>Reads a query; empty or null for all messages.</summary>
    /// <exception cref="TwilioException">20001 for a value that its prefix does not have, and for a query that is too
    /// long or has too many terms.</exception>
    public static MessageQuery Parse(string? text)
    {
        text ??= "";
        if (text.Length > MaxLength) throw BadQuery($"Query exceeds {MaxLength} characters");
        List<QueryTerm> terms = [];
        for (var position = 0; ;)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position])) position++;
            if (position == text.Length) return new(terms);
            if (Next(text, ref position) is not { } term) continue;
            if (terms.Count == MaxTerms) throw BadQuery($"Query has more than {MaxTerms} terms");
            terms.Add(term);
        }
    }

    /// <summary>The query in the query language: parsing it gives the same terms.</summary>
    public override string ToString() => string.Join(' ', Terms);

    // Null for an empty text in quotes, which every body contains.
    private static QueryTerm? Next(string text, ref int position)
    {
        var isNegated = text[position] == '-' && position + 1 < text.Length && !char.IsWhiteSpace(text[position + 1]);
        if (isNegated) position++;
        return ReadTerm(text, ref position) is { } term ? term with { IsNegated = isNegated } : null;
    }

    private static QueryTerm? ReadTerm(string text, ref int position)
    {
        if (QueryPrefixes.Of(text.AsSpan(position)) is { } prefix)
        {
            position += prefix.Length + 1;
            return QueryPrefixes.Term(prefix, QueryText.Read(text, ref position));
        }

        var word = QueryText.Read(text, ref position);
        return word.Length == 0 ? null : new QueryTerm.Word(word);
    }

    private static TwilioException BadQuery(string why) => new(MessagingError.BadParameter.ToApiError(why));
}
