using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// The default alphanumeric sender of a pool: add, list, fetch, remove. Those of single countries are
/// DestinationAlphaSenders.
/// </summary>
[Route("v1/Services/{serviceSid}/AlphaSenders")]
[Tags("v1 Services: AlphaSenders")]
internal sealed class AlphaSendersController(MessagingDb db, SenderPoolUseCases pools)
    : PoolSendersController<AlphaSenderResource>(db, pools)
{
    /// <summary>Creates an alphanumeric sender for all countries; a pool has one.</summary>
    [HttpPost]
    [ProducesResponseType<AlphaSenderResource>(StatusCodes.Status201Created)]
    public Task<ObjectResult> Create(
        Sid serviceSid, [FromForm] CreateAlphaSenderForm form, CancellationToken cancellation) =>
        CreatedAsync(Pools.AddAlphaSenderAsync(
            User.AccountSid(), serviceSid, form.AlphaSender!, country: null, cancellation));

    /// <summary>Lists the alphanumeric senders for all countries: one or none.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public Task<ObjectResult> List(Sid serviceSid, CancellationToken cancellation) =>
        ListAsync(serviceSid, "alpha_senders", cancellation);

    protected override IQueryable<PoolSender> Kind(IQueryable<PoolSender> senders) =>
        senders.Where(sender => sender.Type == SenderType.Alphanumeric && sender.Country == null);

    protected override AlphaSenderResource Resource(PoolSender sender) => AlphaSenderResource.Of(sender, Request);
}
