using System.Buffers;

namespace MessagingServices.Domain.Extracts;

/// <summary>Finds the name of a number.</summary>
internal static class CodeName
{
    /// <summary>The longest distance to the name of a code, in words.</summary>
    private const int MaxDistance = 12;

    private const int MaxWordsBetween = 20;
    private const int MaxWordsAfter = 7;
    private const int MaxWordsToOtherName = 3;
    private const int MaxLinesBetween = 3;
    private const int MaxTokensBetween = 60;
    private const int MaxWordsOfPurpose = 4;
    private const int LongWord = 5;

    private static readonly SearchValues<char> Opening = SearchValues.Create("\"'“„«‘[(<{【「『*`");
    private static readonly SearchValues<char> Closing = SearchValues.Create("\"'”“»’])>}】」』*`");
    private static readonly SearchValues<char> Joining = SearchValues.Create(":=→>-—");

    /// <summary>How a candidate is called, and how far its name is.</summary>
    public static (CodeRelation Relation, int Distance) Of(TextTokens tokens, CodeCandidate candidate)
    {
        if (IsAddressee(tokens, candidate.First - 1)) return (CodeRelation.OtherName, 0);
        var (before, hasVerb) = Before(tokens, candidate);
        // "Your code for this order is 123456" names the order just before; "Your code (order: 1234)" means it.
        if (before is CodeRelation.Named || (before is CodeRelation.OtherName && !hasVerb)) return (before, 0);
        if (IsIntroduced(tokens, candidate) is { } introduced) return (CodeRelation.Joined, introduced);
        if (before is CodeRelation.OtherName) return (before, 0);
        if (After(tokens, candidate) is { } after) return after;
        return before is CodeRelation.Used or CodeRelation.Entered ? (before, 0) : Near(tokens, candidate);
    }

    /// <summary>The name directly before a candidate; words that say nothing may be between.</summary>
    private static (CodeRelation Relation, bool HasVerb) Before(TextTokens tokens, CodeCandidate candidate)
    {
        Between between = default;
        for (var i = candidate.First - 1; i >= 0 && !tokens.EndsSentence(i); i--)
        {
            var token = tokens[i];
            if (token.Kind is TokenKind.Line)
            {
                if (++between.Lines > MaxLinesBetween) break;
            }
            else if (token.Kind is TokenKind.Symbol)
            {
                between.Add(tokens.Symbol(i), tokens.Symbol(i + 1));
            }
            else if (between.NameOf(token) is { } relation)
            {
                return relation is CodeRelation.OtherName && between.IsOnlyColon && IsOfCode(tokens, i)
                    ? (CodeRelation.Named, between.HasVerb) : (relation, between.HasVerb);
            }
            else
            {
                between.Add(token);
                if (token.Says(WordClasses.Number | WordClasses.Is | WordClasses.Filler)) continue;
                if (IsNumberOf(tokens, i, candidate)) return (CodeRelation.OtherName, between.HasVerb);
                break;
            }
        }

        return (between.IsNumbered ? CodeRelation.OtherName : CodeRelation.None, between.HasVerb);
    }

    /// <summary>"Numero socio 118204": the number of something that no list of words has.</summary>
    private static bool IsNumberOf(TextTokens tokens, int word, CodeCandidate candidate) =>
        word == candidate.First - 1 && tokens[word] is { Kind: TokenKind.Word, Classes: WordClasses.None }
        && tokens.Or(word - 1).Says(WordClasses.Number);

    /// <summary>
    /// Whether the name of something else says what a code is for, as in "Code for the parcel: 1234" and "Pickup code
    /// parcel: 1234". In many languages "Code of the parcel" and "Code parcel" are the name of the parcel's number.
    /// </summary>
    private static bool IsOfCode(TextTokens tokens, int label)
    {
        var saysFor = false;
        for (var i = label - 1; i >= 0 && label - i <= MaxWordsOfPurpose; i--)
        {
            if (tokens[i].Kind is not TokenKind.Word || tokens[i].Says(WordClasses.Label)) return false;
            if (tokens[i].Says(WordClasses.Code)) return saysFor;
            saysFor |= tokens[i].Says(WordClasses.Purpose)
                || (tokens[i].Length >= LongWord && !tokens[i].Says(Words.Exclusive));
        }

        return false;
    }

    /// <summary>"Text HELP to 24273".</summary>
    private static bool IsAddressee(TextTokens tokens, int before)
    {
        if (!tokens.Or(before).Says(WordClasses.Toward)) return false;
        for (var i = before - 1; i >= 0 && before - i <= MaxWordsBetween && !tokens.EndsSentence(i); i--)
            if (tokens[i].Says(WordClasses.Send)) return true;
        return false;
    }

    /// <summary>The distance to the name in "Your code for the shop is 123456"; null if it is not so.</summary>
    private static int? IsIntroduced(TextTokens tokens, CodeCandidate candidate)
    {
        var i = candidate.First - 1;
        while (i >= 0 && (Opening.Contains(tokens.Symbol(i)) || tokens[i].Kind is TokenKind.Line)) i--;
        if (i < 0 || !(Joining.Contains(tokens.Symbol(i)) || tokens[i].Says(WordClasses.Is))) return null;
        for (; i >= 0 && !tokens.EndsSentence(i); i--)
        {
            var distance = tokens.Distance(i, candidate.First);
            if (distance > MaxWordsBetween) return null;
            if (tokens[i].Says(WordClasses.Code)) return distance;
        }

        return null;
    }

    /// <summary>The name in "123456 is your code", and in "123456 is your order".</summary>
    private static (CodeRelation, int)? After(TextTokens tokens, CodeCandidate candidate)
    {
        var i = candidate.Last + 1;
        while (Closing.Contains(tokens.Symbol(i))) i++;
        var isJoined = Joining.Contains(tokens.Symbol(i)) || tokens.Or(i).Says(WordClasses.Is)
            || (!candidate.HasLetters && tokens.Or(i).Says(WordClasses.Code));
        var hasOther = false;
        var mayBeOther = isJoined && !tokens.Or(i).Says(WordClasses.Before);
        for (; i < tokens.Count && !tokens.EndsSentence(i); i++)
        {
            var distance = tokens.Distance(candidate.Last, i);
            if (distance > MaxWordsAfter || tokens[i].Kind is TokenKind.Line or TokenKind.Number) break;
            if (tokens[i].Says(WordClasses.Code))
                return (isJoined ? CodeRelation.Joined : CodeRelation.SameSentence, distance);
            hasOther |= distance <= MaxWordsToOtherName && tokens[i].Says(WordClasses.Label);
        }

        return mayBeOther && hasOther ? (CodeRelation.OtherName, 0) : null;
    }

    /// <summary>The nearest name on both sides.</summary>
    private static (CodeRelation, int) Near(TextTokens tokens, CodeCandidate candidate)
    {
        var before = Nearest(tokens, candidate.First, -1);
        var after = Nearest(tokens, candidate.Last, 1);
        var (relation, distance) = before.Distance <= after.Distance ? before : after;
        return (distance > MaxDistance ? CodeRelation.None : relation, distance);
    }

    private static (CodeRelation Relation, int Distance) Nearest(TextTokens tokens, int from, int step)
    {
        var relation = CodeRelation.SameSentence;
        for (var i = from + step; i >= 0 && i < tokens.Count && Math.Abs(i - from) <= MaxTokensBetween; i += step)
        {
            if (tokens[i].Says(WordClasses.Code)) return (relation, tokens.Distance(from, i));
            if (tokens.EndsSentence(i)) relation = CodeRelation.NextSentence;
        }

        return (CodeRelation.None, int.MaxValue);
    }

    /// <summary>What stands between a candidate and a word before it.</summary>
    private struct Between
    {
        public int Lines;

        private bool hasComma;
        private bool hasColon;

        /// <summary>Whether it is called a number.</summary>
        public bool IsNumbered { get; private set; }

        public bool HasVerb { get; private set; }

        /// <summary>Whether it is called by a colon, and by nothing else.</summary>
        public readonly bool IsOnlyColon => hasColon && !IsNumbered && !HasVerb && Lines == 0;

        public void Add(char symbol, char next)
        {
            IsNumbered |= (symbol is '#' or '№' or 'º' or '°') && next is not ('>' or ']');
            hasComma |= symbol is ',' or ';' or '،' or '、' or ')';
            hasColon |= symbol is ':';
        }

        public void Add(TextToken word)
        {
            IsNumbered |= word.Says(WordClasses.Number);
            HasVerb |= word.Says(WordClasses.Is);
        }

        /// <summary>The relation that a word before all this makes; null for none.</summary>
        public readonly CodeRelation? NameOf(TextToken word)
        {
            if (word.Says(WordClasses.Code)) return CodeRelation.Named;
            if (word.Says(WordClasses.Label) && !hasComma && (Lines == 0 || hasColon)) return CodeRelation.OtherName;
            if (word.Says(WordClasses.Auth) && IsNumbered) return CodeRelation.Named;
            if (word.Says(WordClasses.Enter | WordClasses.Show) && !IsNumbered) return CodeRelation.Entered;
            return word.Says(WordClasses.Use) ? CodeRelation.Used : null;
        }
    }
}
