using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Webhooks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The webhooks of the account: requests to its applications.</summary>
[ApiController]
[Route("emulator/v1/Webhooks")]
[Tags("Emulator")]
internal sealed class WebhooksController(MessagingDb db) : ControllerBase
{
    /// <summary>Lists webhooks, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] WebhookFilter filter, CancellationToken cancellation)
    {
        var account = User.AccountSid();
        await db.StorePendingCallbacksAsync(
            filter.ApplyToPending(db.Messages.Where(message => message.AccountSid == account)), cancellation);
        var webhooks = filter.Apply(db.Webhooks.Where(webhook => webhook.AccountSid == account));
        var listing = await webhooks.ReadAsync(
            PageRequest.Read(Request), webhook => webhook.Ordinal, webhook => webhook.Sid, cancellation);
        return Ok(PageV1.Of(Request, "webhooks", listing, WebhookResource.Of));
    }

    /// <summary>
    /// Delivers a webhook again, with the same parameters and idempotency token, and a new signature. A pending webhook
    /// is only delivered as planned.
    /// </summary>
    [HttpPost("{sid}/Replay")]
    [ProducesResponseType<WebhookResource>(StatusCodes.Status202Accepted)]
    public async Task<ObjectResult> Replay(
        Sid sid, [FromServices] ReplayWebhook replayWebhook, CancellationToken cancellation) =>
        await replayWebhook.ReplayAsync(User.AccountSid(), sid, cancellation)
        && await db.Webhooks.AsNoTracking()
            .SingleOrDefaultAsync(webhook => webhook.Sid == sid, cancellation) is { } webhook
            ? Accepted(WebhookResource.Of(webhook))
            : throw this.NotFoundError();

    /// <summary>
    /// Delivers the webhooks that match again, at most the newest 1,000, without those that are pending. Repeat the
    /// call with <c>Outcome=failed</c> until it is complete: those that are delivered again are pending.
    /// </summary>
    [HttpPost("Replay", Name = "ReplayWebhooks")]
    [ProducesResponseType<ReplayResource>(StatusCodes.Status202Accepted)]
    public async Task<ObjectResult> ReplayMany(
        [FromForm] WebhookFilter filter, [FromServices] ReplayWebhook replayWebhook, CancellationToken cancellation)
    {
        var (replayed, complete) = await replayWebhook.ReplayAsync(User.AccountSid(), filter.Apply, cancellation);
        return Accepted(new ReplayResource(replayed, complete));
    }
}
