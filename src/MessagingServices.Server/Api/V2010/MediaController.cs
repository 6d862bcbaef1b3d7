using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Media;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The media of a message: list, fetch, delete, and the bytes themselves.</summary>
[ApiController]
[Route("2010-04-01/Accounts/{AccountSid}/Messages/{messageSid}/Media")]
[Tags("2010 Media")]
internal sealed class MediaController(MessagingDb db) : ControllerBase
{
    /// <summary>Lists the media of a message that were fetched, in the order of its MediaUrls.</summary>
    [HttpGet("/2010-04-01/Accounts/{AccountSid}/Messages/{messageSid}/Media.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(Sid messageSid, [FromQuery] MediaFilter filter, CancellationToken cancellation)
    {
        if (!await db.Messages.AnyAsync(message => message.Sid == messageSid
            && message.AccountSid == User.AccountSid(), cancellation)) throw this.NotFoundError();
        var listing = await filter.Apply(OfMessage(messageSid))
            .ReadAsync(PageRequest.Read(Request), media => media.Ordinal, media => media.Sid, cancellation);
        return Ok(Page2010.Of(Request, "media_list", "Media", listing, MediaResource.Of));
    }

    /// <summary>Fetches a media item without its bytes.</summary>
    [HttpGet("{sid}.json")]
    [ProducesResponseType<MediaResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid messageSid, Sid sid, CancellationToken cancellation) =>
        Ok(MediaResource.Of(await FindAsync(messageSid, sid, cancellation)));

    /// <summary>
    /// Redirects to the bytes of a media item. Their URL needs no credentials and is good for four hours.
    /// </summary>
    [HttpGet("{sid}", Name = "FetchMediaContent")]
    [HttpHead("{sid}", Name = "HeadMediaContent")]
    [ProducesResponseType(StatusCodes.Status307TemporaryRedirect)]
    public async Task<RedirectResult> Content(
        Sid messageSid, Sid sid, [FromServices] SignedMediaUrls urls, CancellationToken cancellation) =>
        RedirectPreserveMethod(await urls.MakeAsync(
            await FindAsync(messageSid, sid, cancellation), $"{Request.Scheme}://{Request.Host}", cancellation));

    /// <summary>Deletes a media item of a message that has ended. Links to it end too.</summary>
    [HttpDelete("{sid}.json")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(
        Sid messageSid, Sid sid, [FromServices] DeleteMedia deleteMedia, CancellationToken cancellation) =>
        await deleteMedia.DeleteAsync(User.AccountSid(), messageSid, sid, cancellation) ? NoContent()
            : throw this.NotFoundError();

    private IQueryable<StoredMedia> OfMessage(Sid message) =>
        db.Media.Where(media => media.MessageSid == message && media.AccountSid == User.AccountSid());

    private async Task<StoredMedia> FindAsync(Sid message, Sid sid, CancellationToken cancellation) =>
        await OfMessage(message).AsNoTracking().SingleOrDefaultAsync(media => media.Sid == sid, cancellation)
            ?? throw this.NotFoundError();
}
