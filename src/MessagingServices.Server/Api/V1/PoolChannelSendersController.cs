using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>The WhatsApp and RCS senders of a sender pool: add, list, fetch, remove.</summary>
[Route("v1/Services/{serviceSid}/ChannelSenders")]
[Tags("v1 Services: ChannelSenders")]
internal sealed class PoolChannelSendersController(MessagingDb db, SenderPoolUseCases pools)
    : PoolSendersController<PoolChannelSenderResource>(db, pools)
{
    /// <summary>Puts a WhatsApp or RCS sender into the pool, with the countries that have approved it by now.</summary>
    [HttpPost]
    [ProducesResponseType<PoolChannelSenderResource>(StatusCodes.Status201Created)]
    public Task<ObjectResult> Add(
        Sid serviceSid, [FromForm] AddPoolChannelSenderForm form, CancellationToken cancellation) =>
        CreatedAsync(Pools.AddChannelSenderAsync(
            User.AccountSid(), serviceSid, Sid.Parse(form.Sid!), cancellation));

    /// <summary>Lists the pool's WhatsApp and RCS senders, the latest to join first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public Task<ObjectResult> List(Sid serviceSid, CancellationToken cancellation) =>
        ListAsync(serviceSid, "senders", cancellation);

    protected override IQueryable<PoolSender> Kind(IQueryable<PoolSender> senders) =>
        senders.Where(sender => sender.Type == SenderType.WhatsApp || sender.Type == SenderType.Rcs);

    protected override PoolChannelSenderResource Resource(PoolSender sender) =>
        PoolChannelSenderResource.Of(sender, Request);
}
