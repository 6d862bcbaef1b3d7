using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Media;

/// <summary>
/// Reads media that this server stores itself. Their URLs occur when an application forwards a received picture, and in
/// conversations. The media are read from the database, without an HTTP request, which would need credentials.
/// </summary>
internal sealed class LocalMedia(
    PublicUrl publicUrl, IDbContextFactory<MessagingDb> databases, NpgsqlDataSource database)
{
    /// <summary>Returns the URL of a media item on this server.</summary>
    public string UrlOf(StoredMedia media) =>
        $"{publicUrl.Value}/2010-04-01/Accounts/{media.AccountSid}/Messages/{media.MessageSid}/Media/{media.Sid}";

    /// <summary>Reads a media item of this server for a message of the same account.</summary>
    /// <param name="account">The message's account.</param>
    /// <param name="url">The message's media URL.</param>
    /// <param name="channel">The channel that must accept the media item.</param>
    /// <param name="bytesLeft">The number of bytes that the message may still have.</param>
    /// <param name="beforeBytes">Awaited before bytes are read.</param>
    /// <returns>The result; null when the URL is not that of a media item on this server.</returns>
    public async Task<MediaFetchResult?> ReadAsync(
        Sid account, string url, Channel channel, int bytesLeft, Func<CancellationToken, Task> beforeBytes,
        CancellationToken cancellation)
    {
        if (Parse(url) is not { } parsed) return null;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var media = account != parsed.Account ? null : await db.Media.AsNoTracking()
            .SingleOrDefaultAsync(
                m => m.Sid == parsed.Media && m.MessageSid == parsed.Message && m.AccountSid == account, cancellation);
        if (media is null)
        {
            return MediaFetchResult.Failed.Of(
                MessagingError.RetrievalFailure, channel, "the account has no such media item on this server");
        }

        if (MediaRules.TypeOn(channel, media.ContentType) is not { } type)
        {
            return new MediaFetchResult.Failed(
                MessagingError.InvalidContentType, $"the content type {media.ContentType} is not supported");
        }

        var maxBytes = Math.Min(bytesLeft, MediaRules.MaxBytesOn(channel, type));
        if (await database.CountMediaBytesAsync(media.Sid, cancellation) is not { } length || length > maxBytes)
        {
            return new MediaFetchResult.Failed(
                MessagingError.MediaTooLarge, $"more than the {maxBytes} bytes that are left");
        }

        await beforeBytes(cancellation);
        return await database.ReadMediaBytesAsync(media.Sid, 0, length, cancellation) is { } bytes
            ? new MediaFetchResult.Fetched(type, bytes)
            : MediaFetchResult.Failed.Of(MessagingError.RetrievalFailure, channel, "the media item has been deleted");
    }

    private (Sid Account, Sid Message, Sid Media)? Parse(string url)
    {
        var prefix = $"{publicUrl.Value}/2010-04-01/Accounts/";
        return url.StartsWith(prefix, StringComparison.Ordinal)
            && url[prefix.Length..].Split('/') is [var account, "Messages", var message, "Media", var media]
            && Sid.TryParse(account, null, out var accountSid)
            && Sid.TryParse(message, null, out var messageSid)
            && Sid.TryParse(media, null, out var mediaSid)
            ? (accountSid, messageSid, mediaSid)
            : null;
    }
}
