using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>The short codes of a sender pool: add, list, fetch, remove.</summary>
[ApiController]
[Route("v1/Services/{serviceSid}/ShortCodes")]
[Tags("v1 Services: ShortCodes")]
internal sealed class PoolShortCodesController(MessagingDb db) : PoolMembersController(db)
{
    /// <summary>Puts a short code into the pool.</summary>
    [HttpPost]
    [ProducesResponseType<PoolShortCodeResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Add(
        Sid serviceSid, [FromForm] AddPoolShortCodeForm form, [FromServices] AddSenderToPool addSender, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created,
            Resource(Found(await addSender.AddShortCodeAsync(User.AccountSid(), serviceSid, Sid.Parse(form.ShortCodeSid!), cancellation))));

    /// <summary>Lists the pool's short codes, the latest to join first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(Sid serviceSid, CancellationToken cancellation) =>
        Ok(PageV1.Of(Request, "short_codes", await ListAsync(serviceSid, ShortCodes(serviceSid), cancellation), Resource));

    /// <summary>Fetches a short code of the pool.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<PoolShortCodeResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid serviceSid, Sid sid, CancellationToken cancellation) =>
        Ok(Resource(await FetchAsync(ShortCodes(serviceSid), sid, cancellation)));

    /// <summary>Takes a short code out of the pool; the account keeps it.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public Task<NoContentResult> Remove(
        Sid serviceSid, Sid sid, [FromServices] RemoveSenderFromPool removeSender, CancellationToken cancellation) =>
        RemoveAsync(ShortCodes(serviceSid), serviceSid, sid, removeSender, cancellation);

    private IQueryable<PoolSender> ShortCodes(Sid service) => Members(service, SenderType.ShortCode);

    private PoolShortCodeResource Resource(PoolSender sender) => PoolShortCodeResource.Of(sender, Request);
}
