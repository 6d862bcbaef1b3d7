using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Media;

/// <summary>
/// The media that this server serves itself: an application that sends a picture on that it has been sent names its URL here, and so does a
/// conversation. They are read where they lie, without a request and without the credentials that it would take.
/// </summary>
internal sealed class LocalMedia(PublicUrl publicUrl, IDbContextFactory<MessagingDb> databases, NpgsqlDataSource database)
{
    /// <summary>Where a medium is fetched from.</summary>
    public string UrlOf(StoredMedia media) => $"{publicUrl.Value}/2010-04-01/Accounts/{media.AccountSid}/Messages/{media.MessageSid}/Media/{media.Sid}";

    /// <summary>Reads a medium of this server for a message of the same account.</summary>
    /// <param name="account">The message's account.</param>
    /// <param name="url">What the message names.</param>
    /// <param name="channel">Which channel must take it.</param>
    /// <param name="room">How many bytes are left to it.</param>
    /// <param name="beforeBytes">Awaited before bytes are read.</param>
    /// <param name="cancellation">Cuts it off.</param>
    /// <returns>Null when the URL is none of this server's media.</returns>
    public async Task<MediaFetchResult?> ReadAsync(
        Sid account, string url, Channel channel, int room, Func<CancellationToken, Task> beforeBytes, CancellationToken cancellation)
    {
        if (Parse(url) is not { } named) return null;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var media = account != named.Account ? null : await db.Media.AsNoTracking()
            .SingleOrDefaultAsync(m => m.Sid == named.Media && m.MessageSid == named.Message && m.AccountSid == account, cancellation);
        if (media is null) return MediaFetchResult.Failed.Of(MessagingError.RetrievalFailure, channel, "this server has no such medium of the account");
        if (MediaRules.TypeOn(channel, media.ContentType) is not { } type)
            return new MediaFetchResult.Failed(MessagingError.InvalidContentType, $"the content type {media.ContentType} is not taken");
        var most = Math.Min(room, MediaRules.MaxBytesOn(channel, type));
        if (await database.CountMediaBytesAsync(media.Sid, cancellation) is not { } length || length > most)
            return new MediaFetchResult.Failed(MessagingError.MediaTooLarge, $"more than the {most} bytes that are left to it");
        await beforeBytes(cancellation);
        return await database.ReadMediaBytesAsync(media.Sid, 0, length, cancellation) is { } bytes
            ? new MediaFetchResult.Fetched(type, bytes)
            : MediaFetchResult.Failed.Of(MessagingError.RetrievalFailure, channel, "it was deleted meanwhile");
    }

    private (Sid Account, Sid Message, Sid Media)? Parse(string url)
    {
        var prefix = $"{publicUrl.Value}/2010-04-01/Accounts/";
        return url.StartsWith(prefix, StringComparison.Ordinal) && url[prefix.Length..].Split('/') is [var account, "Messages", var message, "Media", var media]
            && Sid.TryParse(account, null, out var ofAccount) && Sid.TryParse(message, null, out var ofMessage) && Sid.TryParse(media, null, out var sid)
            ? (ofAccount, ofMessage, sid) : null;
    }
}
