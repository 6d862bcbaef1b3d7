using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>The short codes of a sender pool: add, list, fetch, remove.</summary>
[Route("v1/Services/{serviceSid}/ShortCodes")]
[Tags("v1 Services: ShortCodes")]
internal sealed class PoolShortCodesController(MessagingDb db, SenderPoolUseCases pools)
    : PoolSendersController<PoolShortCodeResource>(db, pools)
{
    /// <summary>Puts a short code into the pool.</summary>
    [HttpPost]
    [ProducesResponseType<PoolShortCodeResource>(StatusCodes.Status201Created)]
    public Task<ObjectResult> Add(
        Sid serviceSid, [FromForm] AddPoolShortCodeForm form, CancellationToken cancellation) =>
        CreatedAsync(Pools.AddShortCodeAsync(
            User.AccountSid(), serviceSid, Sid.Parse(form.ShortCodeSid!), cancellation));

    /// <summary>Lists the pool's short codes, the latest to join first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public Task<ObjectResult> List(Sid serviceSid, CancellationToken cancellation) =>
        ListAsync(serviceSid, "short_codes", cancellation);

    protected override IQueryable<PoolSender> Kind(IQueryable<PoolSender> senders) =>
        senders.Where(sender => sender.Type == SenderType.ShortCode);

    protected override PoolShortCodeResource Resource(PoolSender sender) => PoolShortCodeResource.Of(sender, Request);
}
