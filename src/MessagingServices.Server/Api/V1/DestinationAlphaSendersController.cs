using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>The alphanumeric senders of a pool, one a country and one for all others: add, list, fetch, remove.</summary>
[ApiController]
[Route("v1/Services/{serviceSid}/DestinationAlphaSenders")]
[Tags("v1 Services: DestinationAlphaSenders")]
internal sealed class DestinationAlphaSendersController(MessagingDb db) : PoolMembersController(db)
{
    /// <summary>Makes an alphanumeric sender for a country, or for all that have none of their own.</summary>
    [HttpPost]
    [ProducesResponseType<DestinationAlphaSenderResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        Sid serviceSid, [FromForm] CreateDestinationAlphaSenderForm form, [FromServices] AddAlphaSender addSender,
        CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, Resource(Found(await addSender.AddAsync(
            User.AccountSid(), serviceSid, form.AlphaSender!, form.IsoCountryCode.ToCountry(), cancellation))));

    /// <summary>Lists the pool's alphanumeric senders, the latest to join first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(Sid serviceSid, [FromQuery] DestinationAlphaSenderFilter filter, CancellationToken cancellation) =>
        Ok(PageV1.Of(
            Request, "alpha_senders", await ListAsync(serviceSid, filter.Apply(AlphaSenders(serviceSid)), cancellation), Resource));

    /// <summary>Fetches an alphanumeric sender.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<DestinationAlphaSenderResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid serviceSid, Sid sid, CancellationToken cancellation) =>
        Ok(Resource(await FetchAsync(AlphaSenders(serviceSid), sid, cancellation)));

    /// <summary>Removes an alphanumeric sender.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public Task<NoContentResult> Remove(
        Sid serviceSid, Sid sid, [FromServices] RemoveSenderFromPool removeSender, CancellationToken cancellation) =>
        RemoveAsync(AlphaSenders(serviceSid), serviceSid, sid, removeSender, cancellation);

    private IQueryable<PoolSender> AlphaSenders(Sid service) => Members(service, SenderType.Alphanumeric);

    private DestinationAlphaSenderResource Resource(PoolSender sender) => DestinationAlphaSenderResource.Of(sender, Request);
}
