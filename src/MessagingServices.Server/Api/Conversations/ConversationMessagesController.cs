using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Conversations;
using MessagingServices.Server.Outbound.Accept;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>The messages of a conversation: add, list, fetch, update, remove.</summary>
[ApiController]
[Route("conversations/v1/Conversations/{conversation}/Messages")]
[Tags("Conversations v1")]
internal sealed class ConversationMessagesController(
    MessagingDb db, ConversationMessageUseCases useCases) : ControllerBase
{
    /// <summary>Adds a message. It goes to all participants with addresses, but not to its author.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="form">The message.</param>
    /// <param name="renderContent">Renders content templates.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpPost]
    [ProducesResponseType<ConversationMessageResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        string conversation, [FromForm] CreateConversationMessageForm form,
        [FromServices] RenderContent renderContent, CancellationToken cancellation)
    {
        var draft = form.ToNewConversationMessage();
        if (form.Content is { } content)
        {
            var to = await WhatsAppRecipientAsync(conversation, draft.Author, cancellation);
            var rendered = await renderContent.RenderAsync(User.AccountSid(), content, to ?? "", cancellation);
            draft = draft with
            {
                Body = rendered.Body.Length > 0 ? rendered.Body : null,
                MediaUrls = rendered.MediaUrls,
                ContentSid = content.Sid,
            };
        }

        var message = await useCases.AddAsync(
            User.AccountSid(), conversation, draft, Request.NotifiesWebhooks(), cancellation);
        return StatusCode(StatusCodes.Status201Created, await ResourceAsync(message, cancellation));
    }

    /// <summary>Lists the messages.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="filter">In which order.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(
        string conversation, [FromQuery] ConversationMessageFilter filter, CancellationToken cancellation)
    {
        var sid = await db.FindConversationSidAsync(User.AccountSid(), conversation, cancellation);
        var listing = await db.ConversationMessages.Where(message => message.ConversationSid == sid)
            .ReadAsync(PageRequest.Read(Request, ConversationFormRules.MaxPageSize), message => message.Index,
                message => message.Sid, cancellation,
                filter.OldestFirst);
        var details = await ConversationMessageDetails.ReadAsync(db, listing.Items, cancellation);
        return Ok(PageV1.Of(
            Request, "messages", listing, message => ConversationMessageResource.Of(message, details, Request)));
    }

    /// <summary>Fetches a message.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="sid">SID with the prefix IM.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpGet("{sid}")]
    [ProducesResponseType<ConversationMessageResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(string conversation, Sid sid, CancellationToken cancellation)
    {
        var parent = await db.FindConversationSidAsync(User.AccountSid(), conversation, cancellation);
        return Ok(await ResourceAsync(
            await db.ConversationMessages.AsNoTracking()
                .SingleOrDefaultAsync(message => message.Sid == sid && message.ConversationSid == parent, cancellation),
            cancellation));
    }

    /// <summary>
    /// Changes a message. An absent parameter keeps its value. Messages that went to handsets do not change.
    /// </summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="sid">SID with the prefix IM.</param>
    /// <param name="form">The changes.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpPost("{sid}")]
    [ProducesResponseType<ConversationMessageResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        string conversation, Sid sid, [FromForm] UpdateConversationMessageForm form, CancellationToken cancellation) =>
        Ok(await ResourceAsync(
            await useCases.UpdateAsync(User.AccountSid(), conversation, sid, form.ApplyTo, Request.NotifiesWebhooks(),
                cancellation), cancellation));

    /// <summary>Removes a message; its index stays empty. Messages that went to handsets do not change.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="sid">SID with the prefix IM.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(
        string conversation, Sid sid, CancellationToken cancellation) =>
        this.Deleted(
            await useCases.RemoveAsync(User.AccountSid(), conversation, sid, Request.NotifiesWebhooks(), cancellation));

    // All participants get the same text. If one is on WhatsApp, its rules hold.
    private async Task<string?> WhatsAppRecipientAsync(
        string conversation, string author, CancellationToken cancellation)
    {
        var sid = await db.FindConversationSidAsync(User.AccountSid(), conversation, cancellation);
        return await db.ConversationParticipants.AsNoTracking()
            .Where(participant => participant.ConversationSid == sid && participant.Address != author
                && EF.Functions.Like(participant.Address!, "whatsapp:%"))
            .OrderBy(participant => participant.Ordinal).Select(participant => participant.Address)
            .FirstOrDefaultAsync(cancellation);
    }

    private async Task<ConversationMessageResource> ResourceAsync(
        ConversationMessage? message, CancellationToken cancellation) => message is null
        ? throw this.NotFoundError()
        : ConversationMessageResource.Of(
            message, await ConversationMessageDetails.ReadAsync(db, [message], cancellation), Request);
}
