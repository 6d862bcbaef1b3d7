using System.Collections.Frozen;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Media;

/// <summary>
/// The media types and sizes of each channel. Sources: https://www.twilio.com/docs/messaging/guides/accepted-mime-types
/// and https://www.twilio.com/docs/messaging/api/message-resource (sizes of types other than the usual images on MMS).
/// </summary>
public static class MediaRules
{
    private const int Kilobyte = 1024;
    private const int Megabyte = 1024 * Kilobyte;

    /// <summary>The maximum size of all media of one message on any channel, in bytes.</summary>
    public const int MaxBytes = 16 * Megabyte;

    private const int MaxBytesOfMms = 5 * Megabyte;
    private const int MaxBytesOfWhatsAppImage = 5 * Megabyte;
    private const int MaxBytesOfOtherTypesOnMms = 500 * Kilobyte;

    private static readonly FrozenDictionary<string, (string Name, Channel[] Channels)> Types =
        Table.Read("media-types.txt")
        .Select(line => line.Split(' '))
        .ToFrozenDictionary(row => row[0], row => (row[0], row[1..].Select(EnumNames<Channel>.Parse).ToArray()),
            StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Normalises a media type that the channel accepts; null for any other. The text must have no parameters such as
    /// <c>charset</c>.
    /// </summary>
    public static string? TypeOn(Channel channel, string? type) =>
        type is not null && Types.TryGetValue(type, out var known) && Array.IndexOf(known.Channels, channel) >= 0
            ? known.Name
            : null;

    /// <summary>
    /// Whether MMS reaches recipients in a country: the US, Puerto Rico and Canada. Source:
    /// https://help.twilio.com/articles/223179808.
    /// </summary>
    /// <param name="country">An ISO 3166 code; null if the country is not known.</param>
    public static bool MmsReaches(string? country) => country is "US" or "PR" or "CA";

    /// <summary>The maximum size of all media of one message, in bytes.</summary>
    public static int MaxBytesOn(Channel channel) => channel switch
    {
        Channel.Sms => MaxBytesOfMms,
        Channel.Rcs or Channel.WhatsApp => MaxBytes,
    };

    /// <summary>The maximum size of one media item, in bytes. The channel must accept the type.</summary>
    public static int MaxBytesOn(Channel channel, string type) => channel switch
    {
        Channel.Sms => type is "image/jpeg" or "image/jpg" or "image/png" or "image/gif"
            ? MaxBytesOfMms
            : MaxBytesOfOtherTypesOnMms,
        Channel.WhatsApp => type.StartsWith("image/", StringComparison.Ordinal) ? MaxBytesOfWhatsAppImage : MaxBytes,
        Channel.Rcs => MaxBytes,
    };
}
