namespace MessagingServices.Domain.Extracts;

/// <summary>
/// Finds what has the form of a code. Tokens with separators between them are judged as a whole, so that no part of a
/// date, a time, a price or a phone number is found.
/// </summary>
internal static class CodeCandidates
{
    private const int MinDigits = 4;
    private const int MaxUsualDigits = 8;
    private const int MaxDigits = 10;
    private const int MaxInGroup = 4;

    /// <summary>All candidates, in order.</summary>
    public static IEnumerable<CodeCandidate> Of(TextTokens tokens)
    {
        for (var i = 0; i < tokens.Count;)
        {
            var last = EndOfChain(tokens, i);
            if (Candidate(tokens, i, last) is { } candidate) yield return candidate;
            i = last + 1;
        }
    }

    /// <summary>The last token of those that are one number, one date, one code.</summary>
    private static int EndOfChain(TextTokens tokens, int first)
    {
        if (!IsPart(tokens, first)) return first;
        var last = first;
        while (true)
        {
            if (tokens.Touches(last) && tokens.Touches(last + 1) && IsPart(tokens, last + 2)
                && Joins(tokens, last, tokens.Symbol(last + 1))) last += 2;
            else if (IsGroup(tokens, last) && IsGroup(tokens, last + 1)
                && tokens[last + 1].Start - tokens[last].End == 1 && !BeginsQuantity(tokens, last + 1)) last++;
            else return last;
        }
    }

    private static bool IsPart(TextTokens tokens, int index) => tokens.Or(index).Kind switch
    {
        TokenKind.Number or TokenKind.Mixed => true,
        // The beginning of "G-123456", but not of "PIN-1234".
        TokenKind.Word => !tokens[index].Says(WordClasses.Code) && IsAsciiCapitals(tokens.Text(index)),
        _ => false,
    };

    private static bool Joins(TextTokens tokens, int before, char separator) =>
        separator is '-' || (separator is '.' or ',' or ':' or '/' or '\'' or '’'
            && tokens[before].Kind is TokenKind.Number && tokens[before + 2].Kind is TokenKind.Number);

    private static bool IsGroup(TextTokens tokens, int index) =>
        tokens.Or(index).Kind is TokenKind.Number && tokens[index].Length <= MaxInGroup;

    /// <summary>Whether a number is that of "10 minutes", "12 May", "14:30".</summary>
    private static bool BeginsQuantity(TextTokens tokens, int index) =>
        tokens.Or(index + 1).Says(WordClasses.Unit | WordClasses.Month | WordClasses.Money)
        || (tokens.Touches(index) && tokens.Symbol(index + 1) is ':' or '.' or '/' or '%' && tokens.Touches(index + 1));

    private static CodeCandidate? Candidate(TextTokens tokens, int first, int last)
    {
        List<string> parts = [];
        var separators = "";
        var words = 0;
        for (var i = first; i <= last; i++)
        {
            if (tokens.Symbol(i) is not '\0' and var separator)
            {
                separators += separator;
                continue;
            }

            if (parts.Count > separators.Length) separators += ' ';
            parts.Add(tokens.Text(i).ToString());
            if (tokens[i].Kind is TokenKind.Word) words++;
        }

        if (parts is [] || separators.AsSpan().ContainsAnyExcept("- ") || separators.Distinct().Count() > 1)
            return null;
        var value = string.Concat(parts);
        var form = parts.Count == 1
            ? Single(tokens[first].Kind, value)
            : words > 0 || value.AsSpan().ContainsAnyExceptInRange('0', '9') ? Lettered(parts, value) : Groups(parts);
        if (form is { } found)
            return new(value, found, first, last) { IsInPairs = parts.Count > 1 && parts[0].Length == 2 };
        return parts is ["G" or "FB" or "M" or "T" or "V", { Length: >= MinDigits and <= MaxUsualDigits } digits]
            && IsDigits(digits) ? new(digits, CodeForm.Usual, first, last) { IsMarked = true } : null;
    }

    private static CodeForm? Single(TokenKind kind, string value) => kind switch
    {
        TokenKind.Number => value.Length switch
        {
            < MinDigits => null,
            <= MaxUsualDigits => CodeForm.Usual,
            <= MaxDigits => CodeForm.Unusual,
            _ => null,
        },
        TokenKind.Mixed => value.Length is < MinDigits or > MaxDigits || IsMasked(value) ? null
            : IsCapitalsOrDigits(value) ? CodeForm.Alphanumeric : CodeForm.Unusual,
        TokenKind.Word => value.Length is < MinDigits or > MaxUsualDigits || !IsAsciiCapitals(value) ? null
            : CodeForm.Unusual,
        _ => null,
    };

    /// <summary>"123 456", "1234-5678", "12 34 56", "1 2 3 4".</summary>
    private static CodeForm? Groups(List<string> parts)
    {
        var (size, total) = (parts[0].Length, parts.Sum(part => part.Length));
        if (parts.Any(part => part.Length != size) || total is < MinDigits or > MaxDigits - 1)
            return parts is [{ Length: 3 }, { Length: 4 }] or [{ Length: 4 }, { Length: 3 }] ? CodeForm.Unusual : null;
        return (size, parts.Count) is (3, 2) or (4, 2) or (2, 3) && !parts.TrueForAll(IsYear)
            ? CodeForm.Usual : CodeForm.Unusual;
    }

    /// <summary>"AB12-CD34", "ABCD-EFGH".</summary>
    private static CodeForm? Lettered(List<string> parts, string value)
    {
        const int max = 12;
        if (value.Length is < MinDigits or > max || !IsCapitalsOrDigits(value) || parts[0] is "G" or "FB") return null;
        var isEven = parts.TrueForAll(part => part.Length == parts[0].Length) && parts[0].Length > 1;
        return isEven && value.AsSpan().ContainsAnyInRange('0', '9') && parts.TrueForAll(part => !IsDigits(part))
            ? CodeForm.Alphanumeric
            : parts[0].Length > 1 ? CodeForm.Unusual : null;
    }

    /// <summary>"XX1234": the end of a card's number.</summary>
    private static bool IsMasked(string value) =>
        value.TrimStart('x', 'X') is var rest && rest.Length < value.Length && IsDigits(rest)
        && (value[0] == 'x' || value.Length - rest.Length > 1);

    private static bool IsYear(string part) => part is ['1', '9', _, _] or ['2', '0', _, _];

    private static bool IsDigits(string value) => !value.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static bool IsAsciiCapitals(ReadOnlySpan<char> value) => !value.ContainsAnyExceptInRange('A', 'Z');

    private static bool IsCapitalsOrDigits(string value) =>
        value.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character));
}
