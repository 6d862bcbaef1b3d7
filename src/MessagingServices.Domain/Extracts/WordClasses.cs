namespace MessagingServices.Domain.Extracts;

/// <summary>What a word says about a number near it. The names are those in <c>words.txt</c>.</summary>
[Flags]
internal enum WordClasses
{
    None = 0,

    /// <summary>The name of a code: "code", "PIN".</summary>
    Code = 1,

    /// <summary>About signing in: "verify".</summary>
    Auth = 1 << 1,

    /// <summary>A verb before what is entered: "type".</summary>
    Enter = 1 << 2,

    /// <summary>Joins a code with its name.</summary>
    Is = 1 << 3,

    /// <summary>Says nothing between the name of a code and the code.</summary>
    Filler = 1 << 4,

    /// <summary>"Number": whose, another word says.</summary>
    Number = 1 << 5,

    /// <summary>The name of a number that is no code: "order".</summary>
    Label = 1 << 6,

    /// <summary>Of messages about business, in which a bare number is no code.</summary>
    Business = 1 << 7,

    /// <summary>Of advertisements.</summary>
    Promo = 1 << 8,

    /// <summary>Follows a quantity.</summary>
    Unit = 1 << 9,

    /// <summary>A currency.</summary>
    Money = 1 << 10,

    Month = 1 << 11,

    /// <summary>A preposition before a date or a time.</summary>
    Before = 1 << 12,

    /// <summary>Tells people to send a message.</summary>
    Send = 1 << 13,

    /// <summary>A preposition before the number to send a message to.</summary>
    Toward = 1 << 14,

    /// <summary>A verb before a code that is shown or told to a person.</summary>
    Show = 1 << 15,

    /// <summary>A verb before a code, and before other things: "use".</summary>
    Use = 1 << 16,

    /// <summary>A preposition between the name of a code and what it is for.</summary>
    Purpose = 1 << 17,
}
