namespace MessagingServices.Domain.Extracts;

/// <summary>The parts of a text, and how far they are from each other.</summary>
internal sealed class TextTokens
{
    /// <summary>What the end of a sentence adds to a distance.</summary>
    public const int SentenceBreak = 5;

    private readonly string text;
    private readonly IReadOnlyList<TextToken> tokens;
    private readonly int[] places;

    private TextTokens(string text, IReadOnlyList<TextToken> tokens)
    {
        (this.text, this.tokens, places) = (text, tokens, new int[tokens.Count + 1]);
        for (var i = 0; i < tokens.Count; i++) places[i + 1] = places[i] + Weight(i);
    }

    public int Count => tokens.Count;

    public TextToken this[int index] => tokens[index];

    /// <summary>Divides a text.</summary>
    public static TextTokens Of(PlainText plain) => new(plain.Text, Tokenizer.Divide(plain));

    /// <summary>Its characters.</summary>
    public ReadOnlySpan<char> Text(int index) => text.AsSpan(tokens[index].Start, tokens[index].Length);

    /// <summary>The character of a symbol; a null character for any other token and outside of the text.</summary>
    public char Symbol(int index) =>
        index >= 0 && index < Count && tokens[index].Kind is TokenKind.Symbol ? text[tokens[index].Start] : '\0';

    /// <summary>The token, or one that says nothing outside of the text.</summary>
    public TextToken Or(int index) =>
        index >= 0 && index < Count ? tokens[index] : new(TokenKind.Line, text.Length, text.Length);

    /// <summary>Whether nothing, not even a space, is between a token and the next one.</summary>
    public bool Touches(int index) =>
        index >= 0 && index + 1 < Count && tokens[index].End == tokens[index + 1].Start;

    /// <summary>Whether the sentence ends with this token.</summary>
    public bool EndsSentence(int index) => Symbol(index) switch
    {
        '!' or '?' or '。' or '।' or '؟' or '…' or '؛' => true,
        // Not after "No." and "Ref.", and not in "3.5" and "example.com".
        '.' => !(Touches(index) && Or(index + 1).Kind is TokenKind.Number or TokenKind.Mixed)
            && !(Touches(index - 1) && Or(index - 1).Says(WordClasses.Number)),
        _ => false,
    };

    /// <summary>The number of words between two tokens; the end of a sentence counts as several words.</summary>
    public int Distance(int one, int other) =>
        one < other ? places[other] - places[one + 1] : places[one] - places[other + 1];

    private int Weight(int index) => tokens[index].Kind switch
    {
        TokenKind.Symbol => EndsSentence(index) ? SentenceBreak : 0,
        // Words of scripts without spaces that are not known stand in one token.
        TokenKind.Word when TextScript.HasNoSpaces(text[tokens[index].Start]) => (tokens[index].Length + 1) / 2,
        _ => 1,
    };
}
