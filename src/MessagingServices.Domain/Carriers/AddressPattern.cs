using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Carriers;

/// <summary>
/// Which addresses a carrier rule means: one address, or all that begin like what stands before <c>*</c>. The channel does not count:
/// <c>whatsapp:+14155550100</c> and <c>+14155550100</c> are one handset.
/// </summary>
public static class AddressPattern
{
    /// <summary>The longest pattern, in characters.</summary>
    public const int MaxLength = 80;

    /// <summary>
    /// The one form of a pattern of recipients: an address as it is stored, or the beginning of one in E.164; null when it is neither.
    /// </summary>
    public static string? OfRecipients(string text) => IsBeginning(text, out var beginning)
        ? beginning.IsEmpty || (beginning[0] == '+' && !beginning[1..].ContainsAnyExceptInRange('0', '9')) ? text.Trim() : null
        : RecipientAddress.Parse(text).Address?.Value;

    /// <summary>
    /// The one form of a pattern of senders: an address as it is stored, or the beginning of one; null when it is neither.
    /// </summary>
    public static string? OfSenders(string text) => IsBeginning(text, out var beginning)
        ? beginning.ContainsAny(':', '*') ? null : text.Trim()
        : (SenderAddress.Parse(text) ?? SenderAddress.Parse("rcs:" + text))?.Value;

    /// <summary>Whether a pattern means an address, both in their one form.</summary>
    public static bool Means(string pattern, string address)
    {
        var wanted = WithoutChannel(pattern);
        var present = WithoutChannel(address);
        return wanted.EndsWith('*') ? present.StartsWith(wanted[..^1], StringComparison.Ordinal) : present.SequenceEqual(wanted);
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
