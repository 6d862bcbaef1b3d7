using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api;

/// <summary>
/// The media behind the MMS Converter's links, as a handset opens them. They need no credentials: 404 for an unknown
/// link, 410 once it has expired by the emulator's clock.
/// </summary>
internal static class LinkedMedia
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapLinkedMedia(this WebApplication app) =>
        app.MapMethods(MediaLinks.Path + "{token}", Methods, RespondAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task RespondAsync(
        HttpContext context, string token, IDbContextFactory<MessagingDb> databases, EmulatorClock clock)
    {
        var media = token.Length == MmsConverter.TokenLength
            ? await FindAsync(databases, token, context.RequestAborted) : null;
        if (media is null) throw new TwilioException(ErrorRenderer.NotFound(context));
        if (media.LinkExpires <= clock.GetUtcNow()) throw new TwilioException(MessagingError.LinkExpired.ToApiError());
        await new MediaResponse(media, ErrorRenderer.NotFound(context)).WriteAsync(context);
    }

    private static async Task<StoredMedia?> FindAsync(
        IDbContextFactory<MessagingDb> databases, string token, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Media.AsNoTracking().SingleOrDefaultAsync(media => media.LinkToken == token, cancellation);
    }
}
