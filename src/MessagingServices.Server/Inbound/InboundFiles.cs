using System.Globalization;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;

namespace MessagingServices.Server.Inbound;

/// <summary>The files of a message from a handset, as media of the message.</summary>
internal static class InboundFiles
{
    /// <summary>Makes the media of a message, in the order of the files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="channel">The channel of the message.</param>
    /// <param name="create">Makes a media item of a media type.</param>
    /// <exception cref="TwilioException">
    /// 20001 for an empty file, one of a type that the channel does not take, or one that is too large for it.
    /// </exception>
    public static IReadOnlyList<StoredMedia> Describe(
        IReadOnlyList<HandsetFile> files, Channel channel, Func<string, StoredMedia> create)
    {
        var left = MediaRules.MaxBytesOn(channel);
        List<StoredMedia> media = [];
        foreach (var file in files)
        {
            if (file.Bytes.IsEmpty) throw Refused("A file of MediaUrl is empty");
            if (MediaRules.TypeOn(channel, file.ContentType) is not { } type)
                throw Refused($"The channel does not take files of the type '{file.ContentType}'");
            var max = Math.Min(left, MediaRules.MaxBytesOn(channel, type));
            if (file.Bytes.Length > max)
            {
                throw Refused(string.Create(
                    CultureInfo.InvariantCulture, $"A file of MediaUrl has more than the {max} bytes that are left"));
            }

            left -= file.Bytes.Length;
            media.Add(create(type));
        }

        return media;
    }

    /// <summary>Stores the media. The first one is stored last: lists, newest first, then begin with it.</summary>
    public static void Store(WriteBatch batch, IReadOnlyList<StoredMedia> media, IReadOnlyList<HandsetFile> files)
    {
        for (var i = media.Count - 1; i >= 0; i--) batch.Part<MediaRows>().Add(media[i], files[i].Bytes);
    }

    private static TwilioException Refused(string why) => new(MessagingError.BadParameter.ToApiError(why));
}
