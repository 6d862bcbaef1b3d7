using System.Collections.Frozen;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Media;

/// <summary>
/// Which media a channel takes, and how large. Sources: https://www.twilio.com/docs/messaging/guides/accepted-mime-types and
/// https://www.twilio.com/docs/messaging/api/message-resource (what MMS takes of other types than the usual images).
/// </summary>
public static class MediaRules
{
    private const int Kilobyte = 1024;
    private const int Megabyte = 1024 * Kilobyte;

    /// <summary>The most bytes of all media of one message on any channel.</summary>
    public const int MaxBytes = 16 * Megabyte;

    private const int MaxBytesOfMms = 5 * Megabyte;
    private const int MaxBytesOfWhatsAppImage = 5 * Megabyte;
    private const int MaxBytesOfOtherTypesOnMms = 500 * Kilobyte;

    private static readonly FrozenDictionary<string, (string Name, Channel[] Channels)> Types = Table.Read("media-types.txt")
        .Select(line => line.Split(' '))
        .ToFrozenDictionary(row => row[0], row => (row[0], row[1..].Select(EnumNames<Channel>.Parse).ToArray()), StringComparer.OrdinalIgnoreCase);

    /// <summary>The one form of a media type that the channel takes; null for any other. Parameters such as <c>charset</c> do not belong to it.</summary>
    public static string? TypeOn(Channel channel, string? type) =>
        type is not null && Types.TryGetValue(type, out var known) && Array.IndexOf(known.Channels, channel) >= 0 ? known.Name : null;

    /// <summary>The most bytes of all media of one message together.</summary>
    public static int MaxBytesOn(Channel channel) => channel switch
    {
        Channel.Sms => MaxBytesOfMms,
        Channel.Rcs or Channel.WhatsApp => MaxBytes,
    };

    /// <summary>The most bytes of one medium of a type that the channel takes.</summary>
    public static int MaxBytesOn(Channel channel, string type) => channel switch
    {
        Channel.Sms => type is "image/jpeg" or "image/jpg" or "image/png" or "image/gif" ? MaxBytesOfMms : MaxBytesOfOtherTypesOnMms,
        Channel.WhatsApp => type.StartsWith("image/", StringComparison.Ordinal) ? MaxBytesOfWhatsAppImage : MaxBytes,
        Channel.Rcs => MaxBytes,
    };
}
