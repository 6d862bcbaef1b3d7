namespace MessagingServices.Domain.Extracts;

/// <summary>How sure the text must be that something of a certain form is a code.</summary>
internal enum CodeForm
{
    /// <summary>4 to 8 digits: as nearly all codes are.</summary>
    Usual,

    /// <summary>Capital letters and digits. Names of models and flights look the same.</summary>
    Alphanumeric,

    /// <summary>
    /// As phone numbers, dates, ranges or words look. Only its name directly beside it makes it a code.
    /// </summary>
    Unusual,
}

/// <summary>A part of a text that has the form of a code.</summary>
/// <param name="Value">The code without separators.</param>
/// <param name="First">Its first token.</param>
/// <param name="Last">Its last token.</param>
internal sealed record CodeCandidate(string Value, CodeForm Form, int First, int Last)
{
    private const int MinWordOfOffer = 3;
    private const int MaxDigitsOfOffer = 4;

    /// <summary>Whether the form itself says that it is a code, such as <c>G-123456</c>.</summary>
    public bool IsMarked { get; init; }

    public bool HasDigits => Value.AsSpan().ContainsAnyInRange('0', '9');

    public bool HasLetters => Value.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>Whether it is written as "12-05-26".</summary>
    public bool IsInPairs { get; init; }

    /// <summary>Whether it looks like "SAVE20": a word and a number.</summary>
    public bool IsOffer
    {
        get
        {
            var word = Value.AsSpan().TrimEnd("0123456789");
            return word.Length >= MinWordOfOffer && Value.Length - word.Length is > 0 and <= MaxDigitsOfOffer
                && !word.ContainsAnyExceptInRange('A', 'Z') && word.ContainsAny("AEIOU");
        }
    }

    /// <summary>Whether it may be the number of a year.</summary>
    public bool IsYear => !HasLetters && Value.Length == 4 && Value[..2] is "19" or "20";

    /// <summary>Whether it may be a date or a time without separators.</summary>
    public bool IsDateOrTime => !HasLetters && Value.Length switch
    {
        4 => IsYear || (IsIn(0, 23) && IsIn(2, 59)),
        6 => IsDayAndMonth(0, 2) || IsDayAndMonth(2, 0) || IsDayAndMonth(4, 2),
        8 => IsDayAndMonth(0, 2) || IsDayAndMonth(2, 0) || (Value[..2] is "19" or "20" && IsDayAndMonth(6, 4)),
        _ => false,
    };

    private bool IsDayAndMonth(int day, int month) =>
        IsIn(day, 31) && IsIn(month, 12) && Value.AsSpan(day, 2) is not "00" && Value.AsSpan(month, 2) is not "00";

    private bool IsIn(int at, int max) =>
        int.Parse(Value.AsSpan(at, 2), System.Globalization.CultureInfo.InvariantCulture) <= max;
}
