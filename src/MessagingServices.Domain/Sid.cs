using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Domain;

/// <summary>
/// A Twilio string identifier: two capital letters for the kind of resource, then 32 hexadecimal digits. SIDs are
/// compared with case.
/// </summary>
public readonly record struct Sid : IParsable<Sid>
{
    /// <summary>The number of characters of every SID.</summary>
    public const int Length = 34;

    private readonly string? value;

    private Sid(string value) => this.value = value;

    /// <summary>The 34 characters; empty for the default value.</summary>
    public string Value => value ?? "";

    /// <summary>The two letters of the kind of resource, for example <c>SM</c>. See <see cref="SidPrefix"/>.</summary>
    public string Prefix => Value.Length >= 2 ? Value[..2] : "";

    /// <summary>Creates a SID from a prefix of two letters and 128 random bits.</summary>
    public static Sid Create(string prefix, UInt128 bits) =>
        new(string.Create(null, stackalloc char[Length], $"{prefix}{bits:x32}"));

    /// <summary>Whether <paramref name="text"/> is a SID with the given prefix (<c>^XX[0-9a-fA-F]{32}$</c>).</summary>
    public static bool TryParseAs(string prefix, string? text, out Sid sid) =>
        TryParse(text, null, out sid) && sid.Value.StartsWith(prefix, StringComparison.Ordinal);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Sid result)
    {
        result = default;
        if (s is not { Length: Length } || !char.IsAsciiLetterUpper(s[0]) || !char.IsAsciiLetterUpper(s[1]))
            return false;
        foreach (var c in s.AsSpan(2))
            if (!char.IsAsciiHexDigit(c)) return false;
        result = new(s);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not a SID.</exception>
    public static Sid Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var sid) ? sid : throw new FormatException($"'{s}' is not a SID.");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
