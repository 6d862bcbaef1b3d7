using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// The default alphanumeric sender of a pool: add, list, fetch, remove. Those of single countries are DestinationAlphaSenders.
/// </summary>
[ApiController]
[Route("v1/Services/{serviceSid}/AlphaSenders")]
[Tags("v1 Services: AlphaSenders")]
internal sealed class AlphaSendersController(MessagingDb db) : PoolMembersController(db)
{
    /// <summary>Makes an alphanumeric sender for all countries; a pool has one.</summary>
    [HttpPost]
    [ProducesResponseType<AlphaSenderResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        Sid serviceSid, [FromForm] CreateAlphaSenderForm form, [FromServices] AddAlphaSender addSender, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created,
            Resource(Found(await addSender.AddAsync(User.AccountSid(), serviceSid, form.AlphaSender!, country: null, cancellation))));

    /// <summary>Lists the alphanumeric senders for all countries: one or none.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(Sid serviceSid, CancellationToken cancellation) =>
        Ok(PageV1.Of(Request, "alpha_senders", await ListAsync(serviceSid, Defaults(serviceSid), cancellation), Resource));

    /// <summary>Fetches an alphanumeric sender for all countries.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<AlphaSenderResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid serviceSid, Sid sid, CancellationToken cancellation) =>
        Ok(Resource(await FetchAsync(Defaults(serviceSid), sid, cancellation)));

    /// <summary>Removes an alphanumeric sender for all countries.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public Task<NoContentResult> Remove(
        Sid serviceSid, Sid sid, [FromServices] RemoveSenderFromPool removeSender, CancellationToken cancellation) =>
        RemoveAsync(Defaults(serviceSid), serviceSid, sid, removeSender, cancellation);

    private IQueryable<PoolSender> Defaults(Sid service) =>
        Members(service, SenderType.Alphanumeric).Where(sender => sender.Country == null);

    private AlphaSenderResource Resource(PoolSender sender) => AlphaSenderResource.Of(sender, Request);
}
