namespace MessagingServices.Domain.Extracts;

/// <summary>Divides a text into tokens, and looks up its words.</summary>
internal static class Tokenizer
{
    private const int MaxGapInPhrase = 2;

    /// <summary>All tokens, in order.</summary>
    public static IReadOnlyList<TextToken> Divide(PlainText plain)
    {
        List<TextToken> raw = [];
        for (var position = 0; position < plain.Text.Length;)
        {
            var c = plain.Text[position];
            var start = position;
            if (c == ' ')
            {
                position++;
            }
            else if (IsUnspaced(c))
            {
                while (position < plain.Text.Length && IsUnspaced(plain.Text[position])) position++;
                AddUnspaced(raw, plain.Folded, start, position);
            }
            else if (IsOfWord(c))
            {
                while (position < plain.Text.Length && IsOfWord(plain.Text[position])
                    && !IsUnspaced(plain.Text[position])) position++;
                AddRun(raw, plain, start, position);
            }
            else
            {
                var kind = c switch
                {
                    '\n' => TokenKind.Line, PlainText.Link => TokenKind.Link, _ => TokenKind.Symbol,
                };
                raw.Add(new(kind, start, ++position));
            }
        }

        return JoinPhrases(raw, plain.Folded);
    }

    private static bool IsUnspaced(char c) => TextScript.HasNoSpaces(c) && IsOfWord(c);

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c)
        || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static void AddUnspaced(List<TextToken> tokens, string folded, int start, int end)
    {
        var unknown = start;
        for (var position = start; position < end;)
        {
            var (length, classes) = Words.At(folded.AsSpan(position));
            if (length == 0)
            {
                position++;
                continue;
            }

            if (unknown < position) tokens.Add(new(TokenKind.Word, unknown, position));
            tokens.Add(new(TokenKind.Word, position, position + length, classes));
            // An entry of two words may end behind the first run of letters; the rest is then read again.
            unknown = position = Math.Min(position + length, end);
        }

        if (unknown < end) tokens.Add(new(TokenKind.Word, unknown, end));
    }

    /// <summary>
    /// Adds a run of letters and digits. "10min" and "OTP482913" are a number and a word, "X7K9Q2" is one token.
    /// </summary>
    private static void AddRun(List<TextToken> tokens, PlainText plain, int start, int end)
    {
        var run = plain.Text.AsSpan(start, end - start);
        if (!run.ContainsAnyInRange('0', '9'))
        {
            tokens.Add(Word(plain, start, end));
            return;
        }

        if (!run.ContainsAnyExceptInRange('0', '9'))
        {
            tokens.Add(new(TokenKind.Number, start, end));
            return;
        }

        var isAscii = !run.ContainsAnyExceptInRange('\0', '\x7F');
        if (isAscii && !IsNumberWithWord(plain, start, end))
        {
            tokens.Add(new(TokenKind.Mixed, start, end));
            return;
        }

        for (var part = start; part < end;)
        {
            var isDigit = char.IsAsciiDigit(plain.Text[part]);
            var next = part;
            while (next < end && char.IsAsciiDigit(plain.Text[next]) == isDigit) next++;
            tokens.Add(isDigit ? new(TokenKind.Number, part, next) : Word(plain, part, next));
            part = next;
        }
    }

    private static bool IsNumberWithWord(PlainText plain, int start, int end)
    {
        var run = plain.Folded.AsSpan(start, end - start);
        var isBefore = char.IsAsciiDigit(run[0]);
        var change = isBefore ? run.IndexOfAnyExceptInRange('0', '9') : run.IndexOfAnyInRange('0', '9');
        var number = isBefore ? run[..change] : run[change..];
        var word = isBefore ? run[change..] : run[..change];
        if (number.ContainsAnyExceptInRange('0', '9') || word.ContainsAnyInRange('0', '9')) return false;
        // A single capital letter is more often a part of a code than a unit.
        if (word.Length == 1 && (!isBefore || char.IsAsciiLetterUpper(plain.Text[end - 1]))) return false;
        var classes = Words.Of(word.ToString());
        const WordClasses before = WordClasses.Unit | WordClasses.Money | WordClasses.Month;
        const WordClasses behind = WordClasses.Money | WordClasses.Month | WordClasses.Code;
        return isBefore
            ? (classes & before) != 0
            : (classes & behind) != 0 || (word.Length > 2 && (classes & WordClasses.Label) != 0);
    }

    private static TextToken Word(PlainText plain, int start, int end) =>
        new(TokenKind.Word, start, end, Words.Of(plain.Folded[start..end]));

    private static List<TextToken> JoinPhrases(List<TextToken> raw, string folded)
    {
        List<TextToken> tokens = new(raw.Count);
        for (var i = 0; i < raw.Count; i++)
        {
            if (raw[i].Kind is not TokenKind.Word || Phrase(raw, folded, i) is not { } phrase)
            {
                tokens.Add(raw[i]);
                continue;
            }

            var classes = phrase.Classes;
            // "Security code" is about signing in, and still the name of a code.
            for (var word = i; word <= phrase.Last && (phrase.Classes & Words.Exclusive) == 0; word++)
                classes |= raw[word].Classes;
            tokens.Add(new(TokenKind.Word, raw[i].Start, raw[phrase.Last].End, classes));
            i = phrase.Last;
        }

        return tokens;
    }

    private static (int Last, WordClasses Classes)? Phrase(List<TextToken> raw, string folded, int first)
    {
        foreach (var phrase in Words.PhrasesFrom(TextOf(first)))
        {
            var at = first;
            var matched = 1;
            while (matched < phrase.Words.Count && NextWord(raw, folded, at) is { } next
                && phrase.Words[matched].Matches(TextOf(next)))
            {
                at = next;
                matched++;
            }

            if (matched == phrase.Words.Count) return (at, phrase.Classes);
        }

        return null;

        string TextOf(int index) => folded[raw[index].Start..raw[index].End];
    }

    /// <summary>The next word of a phrase: after a space, a hyphen, an apostrophe, a slash.</summary>
    private static int? NextWord(List<TextToken> raw, string folded, int at)
    {
        var next = at + 1;
        if (next < raw.Count && raw[next].Kind is TokenKind.Symbol
            && folded[raw[next].Start] is '-' or '\'' or '’' or '/') next++;
        return next < raw.Count && raw[next].Kind is TokenKind.Word or TokenKind.Number
            && raw[next].Start - raw[at].End <= MaxGapInPhrase ? next : null;
    }
}
