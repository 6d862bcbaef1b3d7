using MessagingServices.Server.Media;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Answers with the bytes of a medium and its content type. They came from anywhere: browsers are told to believe the type, to run nothing of it,
/// and to show nothing but pictures, sound and film.
/// </summary>
/// <param name="media">The medium.</param>
/// <param name="notFound">What is answered when it was deleted meanwhile.</param>
internal sealed class MediaResponse(StoredMedia media, ApiError notFound) : IActionResult
{
    private const int Piece = 256 * 1024;

    /// <inheritdoc/>
    public Task ExecuteResultAsync(ActionContext context) => WriteAsync(context.HttpContext);

    /// <summary>Answers; to HEAD with the headers only.</summary>
    /// <exception cref="TwilioException">It was deleted before the answer began.</exception>
    public async Task WriteAsync(HttpContext context)
    {
        var database = context.RequestServices.GetRequiredService<NpgsqlDataSource>();
        var length = await database.CountMediaBytesAsync(media.Sid, context.RequestAborted) ?? throw new TwilioException(notFound);
        var response = context.Response;
        response.ContentType = media.ContentType;
        response.ContentLength = length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.ContentDisposition = $"{(IsShown(media.ContentType) ? "inline" : "attachment")}; filename=\"{media.Sid}\"";
        // A link ends, and a medium can be deleted, whenever the emulator's clock or an application says so.
        response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        for (var sent = 0; sent < length; sent += Piece)
        {
            if (await database.ReadMediaBytesAsync(media.Sid, sent, Piece, context.RequestAborted) is not { Length: > 0 } piece)
            {
                // Deleted in the middle: the caller must see that it has not got everything.
                context.Abort();
                return;
            }

            await response.Body.WriteAsync(piece, context.RequestAborted);
        }
    }

    private static bool IsShown(string type) =>
        type.Split('/')[0] is "image" or "audio" or "video";
}
