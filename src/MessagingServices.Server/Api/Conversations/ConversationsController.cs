using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Conversations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>Conversations: create, list, fetch, update, delete. Paths name them by SID or unique name.</summary>
[ApiController]
[Route("conversations/v1/Conversations")]
[Tags("Conversations v1")]
internal sealed class ConversationsController(MessagingDb db, ConversationUseCases useCases) : ControllerBase
{
    /// <summary>Creates a conversation.</summary>
    [HttpPost]
    [ProducesResponseType<ConversationResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        [FromForm] CreateConversationForm form, CancellationToken cancellation)
    {
        // A new conversation has no webhooks yet. The header must be right all the same.
        _ = Request.NotifiesWebhooks();
        return StatusCode(StatusCodes.Status201Created, ConversationResource.Of(
            await useCases.CreateAsync(User.AccountSid(), conversation => form.ApplyTo(conversation), cancellation),
            Request));
    }

    /// <summary>Lists conversations, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] ConversationFilter filter, CancellationToken cancellation)
    {
        var listing = await filter.Apply(
            db.Conversations.Where(conversation => conversation.AccountSid == User.AccountSid()))
            .ReadAsync(PageRequest.Read(Request, ConversationFormRules.MaxPageSize),
                conversation => conversation.Ordinal, conversation => conversation.Sid,
                cancellation);
        return Ok(PageV1.Of(
            Request, "conversations", listing, conversation => ConversationResource.Of(conversation, Request)));
    }

    /// <summary>Fetches a conversation.</summary>
    /// <param name="name">Its SID or unique name.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpGet("{name}")]
    [ProducesResponseType<ConversationResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(string name, CancellationToken cancellation) => Ok(ConversationResource.Of(
        await db.Conversations.AsNoTracking().BySidOrName(User.AccountSid(), name).SingleOrDefaultAsync(cancellation)
            ?? throw this.NotFoundError(), Request));

    /// <summary>Changes a conversation. An absent parameter keeps its value, an empty one clears it.</summary>
    /// <param name="name">Its SID or unique name.</param>
    /// <param name="form">The changes.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpPost("{name}")]
    [ProducesResponseType<ConversationResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        string name, [FromForm] UpdateConversationForm form, CancellationToken cancellation) =>
        Ok(ConversationResource.Of(
            await useCases.UpdateAsync(User.AccountSid(), name, form.ApplyTo, Request.NotifiesWebhooks(), cancellation)
                ?? throw this.NotFoundError(),
            Request));

    /// <summary>
    /// Deletes a conversation with its participants and its messages; the messages that went to handsets stay.
    /// </summary>
    /// <param name="name">Its SID or unique name.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpDelete("{name}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(string name, CancellationToken cancellation) =>
        this.Deleted(await useCases.DeleteAsync(User.AccountSid(), name, Request.NotifiesWebhooks(), cancellation));
}
