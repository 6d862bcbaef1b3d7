namespace MessagingServices.Domain.Extracts;

/// <summary>The kind of a part of a text.</summary>
internal enum TokenKind
{
    /// <summary>Letters, or several words that are one phrase.</summary>
    Word,

    /// <summary>ASCII digits.</summary>
    Number,

    /// <summary>ASCII letters and digits.</summary>
    Mixed,

    /// <summary>One character that is neither a letter nor a digit nor a space.</summary>
    Symbol,

    /// <summary>The end of a line.</summary>
    Line,

    /// <summary>A link.</summary>
    Link,
}

/// <summary>A part of a text.</summary>
/// <param name="Start">Its place in the plain text.</param>
/// <param name="End">The place after it.</param>
/// <param name="Classes">What the word says; none for other kinds.</param>
internal readonly record struct TextToken(TokenKind Kind, int Start, int End, WordClasses Classes = WordClasses.None)
{
    public int Length => End - Start;

    /// <summary>Whether it is a word that says one of these things.</summary>
    public bool Says(WordClasses classes) => (Classes & classes) != 0;
}
