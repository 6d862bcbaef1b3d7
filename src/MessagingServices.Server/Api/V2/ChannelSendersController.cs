using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2;

/// <summary>The account's senders on WhatsApp and RCS: create, list, fetch, change, delete. Bodies are JSON.</summary>
[ApiController]
[Route("v2/Channels/Senders")]
[Tags("v2 Channels: Senders")]
internal sealed class ChannelSendersController(MessagingDb db, ChannelSenderUseCases useCases) : ControllerBase
{
    /// <summary>Creates a sender, which is online at once.</summary>
    [HttpPost]
    [ProducesResponseType<ChannelSenderResource>(StatusCodes.Status202Accepted)]
    public async Task<ObjectResult> Create(
        [FromJson(BinderType = typeof(ChannelSenderBinder))] CreateChannelSenderForm form,
        CancellationToken cancellation) =>
        Accepted(ChannelSenderResource.Of(
            await useCases.CreateAsync(User.AccountSid(), form.ToAddress(), form.ApplyTo, cancellation),
            ChannelSenderResource.Creating, Request));

    /// <summary>Lists the account's senders of one channel, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] ListChannelSendersForm form, CancellationToken cancellation)
    {
        var channel = form.ToChannel();
        var listing = await db.ChannelSenders.Where(
            sender => sender.AccountSid == User.AccountSid() && sender.Channel == channel)
            .ReadAsync(PageRequest.Read(Request), sender => sender.Ordinal, sender => sender.Sid, cancellation);
        return Ok(PageV1.Of(Request, "senders", listing,
            sender => ChannelSenderResource.Of(sender, ChannelSenderResource.Online, Request)));
    }

    /// <summary>Fetches a sender.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<ChannelSenderResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        Ok(Resource(await db.ChannelSenders.AsNoTracking()
            .SingleOrDefaultAsync(sender => sender.Sid == sid && sender.AccountSid == User.AccountSid(), cancellation),
                ChannelSenderResource.Online));

    /// <summary>Changes a sender. A member that is absent or null keeps its value, an empty one clears it.</summary>
    [HttpPost("{sid}")]
    [ProducesResponseType<ChannelSenderResource>(StatusCodes.Status202Accepted)]
    public async Task<ObjectResult> Update(
        Sid sid, [FromJson(BinderType = typeof(ChannelSenderBinder))] UpdateChannelSenderForm form,
        CancellationToken cancellation) =>
        Accepted(Resource(await useCases.UpdateAsync(User.AccountSid(), sid, form.ApplyTo, cancellation),
            ChannelSenderResource.Updating));

    /// <summary>Deletes a sender; it leaves its sender pool.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.DeleteAsync(User.AccountSid(), sid, cancellation));

    private ChannelSenderResource Resource(ChannelSender? sender, string status) =>
        ChannelSenderResource.Of(sender ?? throw this.NotFoundError(), status, Request);
}
