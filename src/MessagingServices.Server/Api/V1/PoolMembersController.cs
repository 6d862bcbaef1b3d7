using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V1;

/// <summary>What the resources of a sender pool do alike. Each shows one kind of senders, and knows nothing of the others.</summary>
internal abstract class PoolMembersController(MessagingDb db) : ControllerBase
{
    /// <summary>The senders of these types in the pool of the account's Messaging Service.</summary>
    protected IQueryable<PoolSender> Members(Sid service, params IReadOnlyList<SenderType> types) => db.PoolSenders.Where(sender =>
        sender.MessagingServiceSid == service && sender.AccountSid == User.AccountSid() && types.Contains(sender.Type));

    /// <summary>Reads the page that the request asks for, the latest to join first.</summary>
    /// <exception cref="TwilioException">20404 when the account has no such Messaging Service.</exception>
    protected async Task<Listing<PoolSender>> ListAsync(Sid service, IQueryable<PoolSender> members, CancellationToken cancellation)
    {
        var page = PageRequest.Read(Request);
        await this.RequireServiceAsync(db, service, cancellation);
        return await members.ReadAsync(page, sender => sender.Ordinal, sender => sender.Sid, cancellation);
    }

    /// <summary>Reads one of the members.</summary>
    /// <exception cref="TwilioException">20404 when it is none of them.</exception>
    protected async Task<PoolSender> FetchAsync(IQueryable<PoolSender> members, Sid sid, CancellationToken cancellation) =>
        Found(await members.AsNoTracking().SingleOrDefaultAsync(sender => sender.Sid == sid, cancellation));

    /// <summary>Takes one of the members out of the pool.</summary>
    /// <exception cref="TwilioException">20404 when it is none of them.</exception>
    protected async Task<NoContentResult> RemoveAsync(
        IQueryable<PoolSender> members, Sid service, Sid sid, RemoveSenderFromPool removeSender, CancellationToken cancellation) =>
        await members.AnyAsync(sender => sender.Sid == sid, cancellation)
        && await removeSender.RemoveAsync(User.AccountSid(), service, sid, cancellation)
            ? NoContent()
            : throw Missing();

    /// <summary>The sender, null when the account has no such Messaging Service or its pool no such sender.</summary>
    /// <exception cref="TwilioException">20404 for null.</exception>
    protected PoolSender Found(PoolSender? sender) => sender ?? throw Missing();

    private TwilioException Missing() => new(ErrorRenderer.NotFound(HttpContext));
}
