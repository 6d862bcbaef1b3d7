using System.Collections.Frozen;
using MessagingServices.Server.Media;
using Npgsql;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Responds with the bytes of a media item and its content type. Any server can be their source. So the headers tell
/// browsers to trust the type, to run no part of it, and to show nothing but pictures, sound and film.
/// </summary>
/// <param name="media">The media item.</param>
/// <param name="notFound">The error when the media item has just been deleted.</param>
internal sealed class MediaResponse(StoredMedia media, ApiError notFound)
{
    private static readonly FrozenSet<string> RasterImages = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "image/apng", "image/avif", "image/bmp", "image/gif", "image/heic",
        "image/heif", "image/jpeg", "image/jpg", "image/png", "image/tiff", "image/webp", "image/x-icon");

    private const int Piece = 256 * 1024;

    /// <summary>Writes the response; for HEAD only the headers.</summary>
    /// <exception cref="TwilioException">It was deleted before the response began.</exception>
    public async Task WriteAsync(HttpContext context)
    {
        var database = context.RequestServices.GetRequiredService<NpgsqlDataSource>();
        var length = await database.CountMediaBytesAsync(media.Sid, context.RequestAborted)
            ?? throw new TwilioException(notFound);
        var response = context.Response;
        response.ContentType = media.ContentType;
        response.ContentLength = length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.ContentDisposition =
            $"{(IsShown(media.ContentType) ? "inline" : "attachment")}; filename=\"{media.Sid}\"";
        // A link can end, and a media item can be deleted, at any time.
        response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        for (var sent = 0; sent < length; sent += Piece)
        {
            if (await database.ReadMediaBytesAsync(
                media.Sid, sent, Piece, context.RequestAborted) is not { Length: > 0 } piece)
            {
                // Deleted in the middle: the caller must see that it has not got everything.
                context.Abort();
                return;
            }

            await response.Body.WriteAsync(piece, context.RequestAborted);
        }
    }

    // A drawing such as SVG is a document, which can have scripts and links.
    private static bool IsShown(string type) =>
        type.Split('/')[0] is "audio" or "video" || RasterImages.Contains(type.Split(';')[0].Trim());
}
