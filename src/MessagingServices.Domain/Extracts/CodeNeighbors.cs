namespace MessagingServices.Domain.Extracts;

/// <summary>What stands directly beside a candidate and says that it is something else.</summary>
internal static class CodeNeighbors
{
    private const string Currencies = "$€£¥₹₽₩₺₫₴₦฿₱₪¢₸₼₾₡₲₵";

    private const string Masks = "*•●…×";

    /// <summary>Whether a candidate is a price, a quantity, a phone number, the end of a card's number or the like.
    /// </summary>
    public static bool Forbid(TextTokens tokens, CodeCandidate candidate) =>
        IsForbiddenBefore(tokens, candidate) || IsForbiddenAfter(tokens, candidate.Last)
        || IsBetweenNumbers(tokens, candidate) || IsDate(tokens, candidate);

    private static bool IsForbiddenBefore(TextTokens tokens, CodeCandidate candidate)
    {
        var before = candidate.First - 1;
        var symbol = tokens.Symbol(before);
        if (symbol is '\0') return tokens.Or(before).Says(WordClasses.Money) && !tokens.Or(before).Says(WordClasses.Is);
        if (Currencies.Contains(symbol, StringComparison.Ordinal)) return true;
        if (symbol == '.' && tokens.Or(before - 1).Says(WordClasses.Money)) return true;
        if (!tokens.Touches(before)) return symbol == ')' && IsAreaCode(tokens, before);
        return symbol switch
        {
            '+' or '@' or '~' => true,
            '-' or '/' => tokens.Touches(before - 1) && !tokens.Or(before - 1).Says(WordClasses.Code)
                && (tokens.Or(before - 1).Kind is not (TokenKind.Symbol or TokenKind.Line)
                    || Masks.Contains(tokens.Symbol(before - 1))),
            '.' => tokens.Symbol(before - 1) == '.',
            ')' => IsAreaCode(tokens, before),
            // WhatsApp's *bold* has a star at both ends.
            _ => Masks.Contains(symbol) && tokens.Symbol(candidate.Last + 1) != symbol,
        };
    }

    private static bool IsForbiddenAfter(TextTokens tokens, int last)
    {
        var after = last + 1;
        if (tokens.Or(after).Says(WordClasses.Unit | WordClasses.Money)) return true;
        var symbol = tokens.Symbol(after);
        if (Currencies.Contains(symbol, StringComparison.Ordinal) || symbol is '%' or '‰' or '°') return true;
        return tokens.Touches(last) && symbol switch
        {
            '@' or '+' => true,
            '-' or '/' or '_' => tokens.Touches(after) && !tokens.Or(after + 1).Says(WordClasses.Code)
                && tokens.Or(after + 1).Kind is not (TokenKind.Symbol or TokenKind.Line),
            _ => false,
        };
    }

    /// <summary>"(415) 5550123".</summary>
    private static bool IsAreaCode(TextTokens tokens, int bracket) =>
        tokens.Or(bracket - 1).Kind is TokenKind.Number && tokens[bracket - 1].Length <= 5
        && tokens.Symbol(bracket - 2) == '(';

    /// <summary>
    /// "0800 482913": a number with another one beside it. Codes of the same length may be in a list.
    /// </summary>
    private static bool IsBetweenNumbers(TextTokens tokens, CodeCandidate candidate)
    {
        var before = tokens.Or(candidate.First - 1);
        return before.Kind is TokenKind.Number && before.Length != candidate.Value.Length;
    }

    private static bool IsDate(TextTokens tokens, CodeCandidate candidate)
    {
        if (!candidate.IsDateOrTime) return false;
        if (tokens.Or(candidate.Last + 1).Kind is TokenKind.Word && tokens.Text(candidate.Last + 1) is "am" or "AM")
            return true;
        // "May 2026", "May 12, 2026"
        for (var i = candidate.First - 1; i >= candidate.First - 3 && i >= 0; i--)
        {
            if (tokens[i].Says(WordClasses.Month)) return true;
            if (!(tokens[i].Kind is TokenKind.Number && tokens[i].Length <= 2) && tokens.Symbol(i) is not (',' or '.'))
                break;
        }

        // Dates of six digits without separators are much rarer than such codes.
        var isRare = candidate.Value.Length == 6 && !candidate.IsInPairs;
        // "On" stands before dates, and means "is" in Finnish.
        var before = tokens.Or(candidate.First - 1);
        return !isRare && before.Says(WordClasses.Before) && (candidate.IsInPairs || !before.Says(WordClasses.Is));
    }
}
