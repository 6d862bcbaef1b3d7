using MessagingServices.Domain;
using MessagingServices.Domain.Senders;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Wire;
using MessagingServices.Server.Messaging;
using MessagingServices.Server.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V1;

/// <summary>The WhatsApp and RCS senders of a sender pool: add, list, fetch, remove.</summary>
[ApiController]
[Route("v1/Services/{serviceSid}/ChannelSenders")]
[Tags("v1 Services: ChannelSenders")]
public sealed class PoolChannelSendersController(MessagingDb db) : ControllerBase
{
    /// <summary>Puts a WhatsApp or RCS sender into the pool, with the countries that have approved it by now.</summary>
    [HttpPost]
    [ProducesResponseType<PoolChannelSenderResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Add(
        Sid serviceSid, [FromForm] AddPoolChannelSenderForm form, [FromServices] AddSenderToPool addSender, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created,
            Resource(await addSender.AddChannelSenderAsync(User.AccountSid(), serviceSid, Sid.Parse(form.Sid!), cancellation)));

    /// <summary>Lists the pool's WhatsApp and RCS senders, the latest to join first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(Sid serviceSid, CancellationToken cancellation)
    {
        var page = PageRequest.Read(Request);
        if (!await db.MessagingServices.AnyAsync(service => service.Sid == serviceSid && service.AccountSid == User.AccountSid(), cancellation))
            throw new RefusedException(ErrorRenderer.NotFound(HttpContext));
        var listing = await Members(serviceSid).ReadAsync(page, sender => sender.Ordinal, sender => sender.Sid, cancellation);
        return Ok(PageV1.Of(Request, "senders", listing, sender => PoolChannelSenderResource.Of(sender, Request)));
    }

    /// <summary>Fetches a WhatsApp or RCS sender of the pool.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<PoolChannelSenderResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid serviceSid, Sid sid, CancellationToken cancellation) => Ok(Resource(
        await Members(serviceSid).AsNoTracking().SingleOrDefaultAsync(sender => sender.Sid == sid, cancellation)));

    /// <summary>Takes a WhatsApp or RCS sender out of the pool; the account keeps it.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Remove(
        Sid serviceSid, Sid sid, [FromServices] RemoveSenderFromPool removeSender, CancellationToken cancellation) =>
        sid.Prefix == SidPrefix.ChannelSender && await removeSender.RemoveAsync(User.AccountSid(), serviceSid, sid, cancellation)
            ? NoContent()
            : throw new RefusedException(ErrorRenderer.NotFound(HttpContext));

    private IQueryable<PoolSender> Members(Sid service) => db.PoolSenders.Where(sender => sender.MessagingServiceSid == service
        && sender.AccountSid == User.AccountSid() && (sender.Type == SenderType.WhatsApp || sender.Type == SenderType.Rcs));

    private PoolChannelSenderResource Resource(PoolSender? sender) =>
        PoolChannelSenderResource.Of(sender ?? throw new RefusedException(ErrorRenderer.NotFound(HttpContext)), Request);
}
