namespace MessagingServices.Domain.Senders;

/// <summary>
/// A search text for phone numbers that are offered: digits, letters as on the keys of a telephone, <c>*</c> for any
/// digit; <c>+</c> in front binds it to the beginning of the number with its calling code, <c>$</c> behind to its end;
/// <c>%</c> at an end means any digits. Source:
/// https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource.
/// </summary>
public sealed record NumberContains
{
    private const int MinLength = 2;
    private const int MaxLength = 16;

    /// <summary>The digits of the letters A to Z.</summary>
    private const string Keys = "22233344455566677778889999";

    private readonly string digits;
    private readonly bool isFirst;
    private readonly bool isLast;

    private NumberContains(string digits, bool isFirst, bool isLast) =>
        (this.digits, this.isFirst, this.isLast) = (digits, isFirst, isLast);

    /// <summary>Reads a search text of 2 to 16 characters; null when it is none.</summary>
    public static NumberContains? TryParse(string text)
    {
        if (text.Length is < MinLength or > MaxLength) return null;
        var (isFirst, isLast) = (text[0] == '+', text[^1] == '$');
        var inner = text[(isFirst ? 1 : 0)..(isLast ? ^1 : ^0)].Trim('%');
        return inner.All(c => char.IsAsciiLetterOrDigit(c) || c == '*')
            ? new(string.Concat(inner.Select(DigitOf)), isFirst, isLast)
            : null;
    }

    /// <summary>The masks for the numbers that fit a mask and this text.</summary>
    /// <param name="mask">Digits, and <see cref="NumberMask.Free"/> for any digit.</param>
    internal IEnumerable<string> Fit(string mask)
    {
        var last = mask.Length - digits.Length;
        for (var start = 0; start <= last; start++)
        {
            if ((isFirst && start > 0) || (isLast && start < last)) continue;
            if (Merge(mask, start) is { } merged) yield return merged;
        }
    }

    private string? Merge(string mask, int start)
    {
        var merged = mask.ToCharArray();
        for (var i = 0; i < digits.Length; i++)
        {
            if (digits[i] == NumberMask.Free) continue;
            if (merged[start + i] != NumberMask.Free && merged[start + i] != digits[i]) return null;
            merged[start + i] = digits[i];
        }

        return new(merged);
    }

    private static char DigitOf(char c) =>
        c == '*' ? NumberMask.Free : char.IsAsciiDigit(c) ? c : Keys[char.ToUpperInvariant(c) - 'A'];
}

/// <summary>The digits of a number with its calling code, of which some may be any.</summary>
internal static class NumberMask
{
    /// <summary>Any digit.</summary>
    public const char Free = '?';

    /// <summary>How many numbers fit a mask.</summary>
    public static long Count(string mask) => (long)Math.Pow(10, mask.Count(digit => digit == Free));

    /// <summary>
    /// A number that fits a mask. All places give all numbers, each once, in an order that looks random and is always
    /// the same.
    /// </summary>
    /// <param name="place">From 0 to the count of the mask, exclusive.</param>
    public static string Fill(string mask, long place)
    {
        // Neither two nor five divides the step, so it reaches all values.
        const long step = 6_180_339;
        var seed = mask.Aggregate(17L, (hash, digit) => ((hash * 31) + digit) % 1_000_003);
        var value = (seed + (place * step)) % Count(mask);
        var filled = mask.ToCharArray();
        for (var i = filled.Length - 1; i >= 0; i--)
        {
            if (filled[i] != Free) continue;
            filled[i] = (char)('0' + (value % 10));
            value /= 10;
        }

        return new(filled);
    }
}
