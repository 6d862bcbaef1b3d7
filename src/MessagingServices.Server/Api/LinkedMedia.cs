using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api;

/// <summary>
/// Media without credentials. Behind the MMS Converter's links, as a handset opens them: 404 for an unknown link, 410
/// once it has expired by the emulator's clock. Behind the signed URLs that the Media resource redirects to: 404 for a
/// wrong signature, 403 once the URL has expired, 400 for credentials on another origin, as at Twilio's own.
/// </summary>
internal static class LinkedMedia
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapLinkedMedia(this WebApplication app)
    {
        app.MapMethods(MediaLinks.Path + "{token}", Methods, RespondAsync).AllowAnonymous().ExcludeFromDescription();
        const string signed = SignedMediaUrls.Path + "{account}/{media}/{expires}/{origin}/{signature}";
        app.MapMethods(signed, Methods, RespondSignedAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task RespondAsync(HttpContext context)
    {
        var token = Text(context, "token");
        var databases = context.RequestServices.GetRequiredService<IDbContextFactory<MessagingDb>>();
        var clock = context.RequestServices.GetRequiredService<EmulatorClock>();
        var media = token.Length == MmsConverter.TokenLength
            ? await FindAsync(databases, token, context.RequestAborted) : null;
        if (media is null) throw new TwilioException(ErrorRenderer.NotFound(context));
        if (media.LinkExpires <= clock.Now(media.AccountSid))
            throw new TwilioException(MessagingError.LinkExpired.ToApiError());
        await new MediaResponse(media, ErrorRenderer.NotFound(context)).WriteAsync(context);
    }

    private static async Task RespondSignedAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var urls = context.RequestServices.GetRequiredService<SignedMediaUrls>();
        var databases = context.RequestServices.GetRequiredService<IDbContextFactory<MessagingDb>>();
        var named = SignedMedia.Read(
            Text(context, "account"), Text(context, "media"), Text(context, "expires"), Text(context, "origin"));
        if (named is not { } signed || !await urls.IsSignedAsync(signed, Text(context, "signature"), cancellation))
            throw new TwilioException(ErrorRenderer.NotFound(context));
        if (signed.IsOtherOrigin && context.Request.Headers.Authorization.Count > 0)
        {
            throw new TwilioException(
                MessagingError.BadParameter.ToApiError("This URL is signed: send no Authorization header"));
        }

        if (urls.HasExpired(signed))
            throw new TwilioException(MessagingError.Forbidden.ToApiError("The URL has expired"));
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var found = await db.Media.AsNoTracking().SingleOrDefaultAsync(
            stored => stored.Sid == signed.Media && stored.AccountSid == signed.Account, cancellation);
        if (found is null) throw new TwilioException(ErrorRenderer.NotFound(context));
        CommonHeaders.Apply(context);
        await new MediaResponse(found, ErrorRenderer.NotFound(context)).WriteAsync(context);
    }

    private static string Text(HttpContext context, string name) => (string)context.GetRouteValue(name)!;

    private static async Task<StoredMedia?> FindAsync(
        IDbContextFactory<MessagingDb> databases, string token, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Media.AsNoTracking().SingleOrDefaultAsync(media => media.LinkToken == token, cancellation);
    }
}
