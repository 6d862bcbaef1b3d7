using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>The WhatsApp and RCS senders of a sender pool: add, list, fetch, remove.</summary>
[ApiController]
[Route("v1/Services/{serviceSid}/ChannelSenders")]
[Tags("v1 Services: ChannelSenders")]
internal sealed class PoolChannelSendersController(MessagingDb db) : PoolMembersController(db)
{
    /// <summary>Puts a WhatsApp or RCS sender into the pool, with the countries that have approved it by now.</summary>
    [HttpPost]
    [ProducesResponseType<PoolChannelSenderResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Add(
        Sid serviceSid, [FromForm] AddPoolChannelSenderForm form, [FromServices] AddSenderToPool addSender, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created,
            Resource(Found(await addSender.AddChannelSenderAsync(User.AccountSid(), serviceSid, Sid.Parse(form.Sid!), cancellation))));

    /// <summary>Lists the pool's WhatsApp and RCS senders, the latest to join first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(Sid serviceSid, CancellationToken cancellation) =>
        Ok(PageV1.Of(Request, "senders", await ListAsync(serviceSid, ChannelSenders(serviceSid), cancellation), Resource));

    /// <summary>Fetches a WhatsApp or RCS sender of the pool.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<PoolChannelSenderResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid serviceSid, Sid sid, CancellationToken cancellation) =>
        Ok(Resource(await FetchAsync(ChannelSenders(serviceSid), sid, cancellation)));

    /// <summary>Takes a WhatsApp or RCS sender out of the pool; the account keeps it.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public Task<NoContentResult> Remove(
        Sid serviceSid, Sid sid, [FromServices] RemoveSenderFromPool removeSender, CancellationToken cancellation) =>
        RemoveAsync(ChannelSenders(serviceSid), serviceSid, sid, removeSender, cancellation);

    private IQueryable<PoolSender> ChannelSenders(Sid service) => Members(service, SenderType.WhatsApp, SenderType.Rcs);

    private PoolChannelSenderResource Resource(PoolSender sender) => PoolChannelSenderResource.Of(sender, Request);
}
