using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Domain.Senders;

/// <summary>The address of a sender on WhatsApp or RCS.</summary>
/// <param name="Channel">WhatsApp or RCS.</param>
/// <param name="Value">
/// <c>whatsapp:</c> and an E.164 number, or <c>rcs:</c> and the agent's name (at most 64 characters).
/// </param>
/// <param name="Number">The phone number of a WhatsApp sender; null on RCS.</param>
public sealed record ChannelAddress(Channel Channel, string Value, PhoneNumberValue? Number)
{
    private const int MaxAgentLength = 64;

    private static readonly SearchValues<char> Agent =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.@");

    /// <summary>Parses an address. The prefix may be in any case.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ChannelAddress? address)
    {
        address = null;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon < 0) return false;
        var rest = text![(colon + 1)..].Trim();
        address = text[..colon].Trim().ToLowerInvariant() switch
        {
            "whatsapp" when PhoneNumberValue.TryParse(rest, out var number) =>
                new(Channel.WhatsApp, "whatsapp:" + number.E164, number),
            "rcs" when rest.Length is > 0 and <= MaxAgentLength && !rest.AsSpan().ContainsAnyExcept(Agent) =>
                new(Channel.Rcs, "rcs:" + rest, null),
            _ => null,
        };
        return address is not null;
    }
}
