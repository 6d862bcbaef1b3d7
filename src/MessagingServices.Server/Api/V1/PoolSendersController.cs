using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// The common part of the controllers of a sender pool. Each shows one kind of senders, and responds with 20404 for all
/// others.
/// </summary>
/// <typeparam name="TResource">The response for one sender.</typeparam>
[ApiController]
internal abstract class PoolSendersController<TResource>(MessagingDb db, SenderPoolUseCases pools) : ControllerBase
    where TResource : class
{
    /// <summary>Adds and removes senders.</summary>
    protected SenderPoolUseCases Pools { get; } = pools;

    /// <summary>The senders of all pools that this controller shows.</summary>
    protected abstract IQueryable<PoolSender> Kind(IQueryable<PoolSender> senders);

    /// <summary>The response for a sender.</summary>
    protected abstract TResource Resource(PoolSender sender);

    /// <summary>Fetches a sender of the pool.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType(StatusCodes.Status200OK)]
    public async Task<ActionResult<TResource>> Fetch(Sid serviceSid, Sid sid, CancellationToken cancellation) =>
        Ok(Resource(this.Existing(await Senders(serviceSid).AsNoTracking()
            .SingleOrDefaultAsync(sender => sender.Sid == sid, cancellation))));

    /// <summary>Takes a sender out of the pool.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Remove(Sid serviceSid, Sid sid, CancellationToken cancellation) => this.Deleted(
        await Senders(serviceSid).AnyAsync(sender => sender.Sid == sid, cancellation)
        && await Pools.RemoveAsync(User.AccountSid(), serviceSid, sid, cancellation));

    /// <summary>The response for a sender that has just joined the pool.</summary>
    /// <exception cref="TwilioException">20404 for null: the account has no such Messaging Service.</exception>
    protected async Task<ObjectResult> CreatedAsync(Task<PoolSender?> adding) =>
        StatusCode(StatusCodes.Status201Created, Resource(this.Existing(await adding)));

    /// <summary>The page that the request asks for, of the pool's senders or of those that the filter keeps.</summary>
    /// <exception cref="TwilioException">20404 when the account has no such Messaging Service.</exception>
    protected async Task<ObjectResult> ListAsync(
        Sid service, string key, CancellationToken cancellation,
        Func<IQueryable<PoolSender>, IQueryable<PoolSender>>? filter = null)
    {
        var page = PageRequest.Read(Request);
        await this.RequireServiceAsync(db, service, cancellation);
        var senders = Senders(service);
        var listing = await (filter?.Invoke(senders) ?? senders)
            .ReadAsync(page, sender => sender.Ordinal, sender => sender.Sid, cancellation);
        return Ok(PageV1.Of(Request, key, listing, Resource));
    }

    private IQueryable<PoolSender> Senders(Sid service) => Kind(db.PoolSenders)
        .Where(sender => sender.MessagingServiceSid == service && sender.AccountSid == User.AccountSid());
}
