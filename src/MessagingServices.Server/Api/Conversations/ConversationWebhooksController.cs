using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Conversations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// The webhooks that a conversation notifies of its events: add, list, fetch, update, remove; at most five.
/// </summary>
[ApiController]
[Route("conversations/v1/Conversations/{conversation}/Webhooks")]
[Tags("Conversations v1")]
internal sealed class ConversationWebhooksController(
    MessagingDb db, ConversationWebhookUseCases useCases) : ControllerBase
{
    /// <summary>Adds a webhook.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="form">Where to, how, and of which events.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpPost]
    [ProducesResponseType<ConversationWebhookResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        string conversation, [FromForm] CreateConversationWebhookForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, ConversationWebhookResource.Of(
            await useCases.AddAsync(
                User.AccountSid(), conversation, form.ToTarget(), form.ApplyTo, cancellation), Request));

    /// <summary>Lists the webhooks, oldest first.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(string conversation, CancellationToken cancellation)
    {
        var sid = await db.FindConversationSidAsync(User.AccountSid(), conversation, cancellation);
        var listing = await db.ConversationWebhooks.Where(webhook => webhook.ConversationSid == sid)
            .ReadAsync(PageRequest.Read(Request, ConversationWebhook.MaxPerConversation), webhook => webhook.Ordinal,
                webhook => webhook.Sid, cancellation,
                oldestFirst: true);
        return Ok(PageV1.Of(Request, "webhooks", listing, webhook => ConversationWebhookResource.Of(webhook, Request)));
    }

    /// <summary>Fetches a webhook.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="sid">SID with the prefix WH.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpGet("{sid}")]
    [ProducesResponseType<ConversationWebhookResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(string conversation, Sid sid, CancellationToken cancellation)
    {
        var parent = await db.FindConversationSidAsync(User.AccountSid(), conversation, cancellation);
        return Ok(ConversationWebhookResource.Of(
            await db.ConversationWebhooks.AsNoTracking()
                .SingleOrDefaultAsync(webhook => webhook.Sid == sid && webhook.ConversationSid == parent, cancellation)
                ?? throw this.NotFoundError(), Request));
    }

    /// <summary>Changes a webhook. An absent parameter keeps its value.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="sid">SID with the prefix WH.</param>
    /// <param name="form">The changes.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpPost("{sid}")]
    [ProducesResponseType<ConversationWebhookResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        string conversation, Sid sid, [FromForm] UpdateConversationWebhookForm form, CancellationToken cancellation) =>
        Ok(ConversationWebhookResource.Of(
            await useCases.UpdateAsync(User.AccountSid(), conversation, sid, form.ApplyTo, cancellation)
                ?? throw this.NotFoundError(), Request));

    /// <summary>Removes a webhook; its pending requests are still delivered.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="sid">SID with the prefix WH.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(
        string conversation, Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.RemoveAsync(User.AccountSid(), conversation, sid, cancellation));
}
