using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// The alphanumeric senders of a pool, one a country and one for all others: add, list, fetch, remove.
/// </summary>
[Route("v1/Services/{serviceSid}/DestinationAlphaSenders")]
[Tags("v1 Services: DestinationAlphaSenders")]
internal sealed class DestinationAlphaSendersController(MessagingDb db, SenderPoolUseCases pools)
    : PoolSendersController<DestinationAlphaSenderResource>(db, pools)
{
    /// <summary>
    /// Creates an alphanumeric sender for a country, or for all countries that have none of their own.
    /// </summary>
    [HttpPost]
    [ProducesResponseType<DestinationAlphaSenderResource>(StatusCodes.Status201Created)]
    public Task<ObjectResult> Create(
        Sid serviceSid, [FromForm] CreateDestinationAlphaSenderForm form, CancellationToken cancellation) =>
        CreatedAsync(Pools.AddAlphaSenderAsync(
            User.AccountSid(), serviceSid, form.AlphaSender!, form.IsoCountryCode.ToCountry(), cancellation));

    /// <summary>Lists the pool's alphanumeric senders, the latest to join first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public Task<ObjectResult> List(
        Sid serviceSid, [FromQuery] DestinationAlphaSenderFilter filter, CancellationToken cancellation) =>
        ListAsync(serviceSid, "alpha_senders", cancellation, filter.Apply);

    protected override IQueryable<PoolSender> Kind(IQueryable<PoolSender> senders) =>
        senders.Where(sender => sender.Type == SenderType.Alphanumeric);

    protected override DestinationAlphaSenderResource Resource(PoolSender sender) =>
        DestinationAlphaSenderResource.Of(sender, Request);
}
