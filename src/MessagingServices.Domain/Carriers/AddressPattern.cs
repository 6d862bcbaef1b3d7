using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Carriers;

/// <summary>
/// The pattern of a carrier rule: one address, or a prefix and <c>*</c>. The channel is ignored:
/// <c>whatsapp:+14155550100</c> and <c>+14155550100</c> are the same handset.
/// </summary>
public static class AddressPattern
{
    /// <summary>The maximum length of a pattern, in characters.</summary>
    public const int MaxLength = 80;

    /// <summary>
    /// Normalises a pattern of recipients: an address, or a prefix in E.164 and <c>*</c>. Null for any other text.
    /// </summary>
    public static string? OfRecipients(string text) => IsBeginning(text, out var beginning)
        ? beginning.IsEmpty || (beginning[0] == '+' && !beginning[1..].ContainsAnyExceptInRange('0', '9'))
            ? text.Trim()
            : null
        : RecipientAddress.Parse(text).Address?.Value;

    /// <summary>
    /// Normalises a pattern of senders: an address, or a prefix and <c>*</c>. Null for any other text.
    /// </summary>
    public static string? OfSenders(string text) => IsBeginning(text, out var beginning)
        ? beginning.ContainsAny(':', '*') ? null : text.Trim()
        : (SenderAddress.Parse(text) ?? SenderAddress.Parse("rcs:" + text))?.Value;

    /// <summary>Whether a pattern matches an address. Both must be normalised.</summary>
    public static bool Matches(string pattern, string address)
    {
        var wanted = WithoutChannel(pattern);
        var present = WithoutChannel(address);
        return wanted.EndsWith('*')
            ? present.StartsWith(wanted[..^1], StringComparison.Ordinal)
            : present.SequenceEqual(wanted);
    }

    private static bool IsBeginning(string text, out ReadOnlySpan<char> beginning)
    {
        var trimmed = WithoutChannel(text.AsSpan().Trim());
        beginning = trimmed.TrimEnd('*');
        return text.Length <= MaxLength && beginning.Length == trimmed.Length - 1;
    }

    private static ReadOnlySpan<char> WithoutChannel(ReadOnlySpan<char> address) =>
        address.StartsWith("whatsapp:", StringComparison.OrdinalIgnoreCase) ? address["whatsapp:".Length..]
        : address.StartsWith("rcs:", StringComparison.OrdinalIgnoreCase) ? address["rcs:".Length..]
        : address;
}
