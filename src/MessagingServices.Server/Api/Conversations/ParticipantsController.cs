using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Conversations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// The participants of a conversation: add, list, fetch, update, remove. Paths name participants by SID or identity.
/// </summary>
[ApiController]
[Route("conversations/v1/Conversations/{conversation}/Participants")]
[Tags("Conversations v1")]
internal sealed class ParticipantsController(MessagingDb db, ParticipantUseCases useCases) : ControllerBase
{
    /// <summary>Adds a participant.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="form">The new participant.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpPost]
    [ProducesResponseType<ParticipantResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        string conversation, [FromForm] CreateParticipantForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, ParticipantResource.Of(
            await useCases.AddAsync(User.AccountSid(), conversation, form.ToNewParticipant(),
                Request.NotifiesWebhooks(), cancellation), Request));

    /// <summary>Lists the participants, oldest first.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(string conversation, CancellationToken cancellation)
    {
        var sid = await db.FindConversationSidAsync(User.AccountSid(), conversation, cancellation);
        var listing = await db.ConversationParticipants.Where(participant => participant.ConversationSid == sid)
            .ReadAsync(PageRequest.Read(Request, ConversationFormRules.MaxPageSize),
                participant => participant.Ordinal, participant => participant.Sid,
                cancellation, oldestFirst: true);
        return Ok(
            PageV1.Of(Request, "participants", listing, participant => ParticipantResource.Of(participant, Request)));
    }

    /// <summary>Fetches a participant.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="name">The participant's SID or identity.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpGet("{name}")]
    [ProducesResponseType<ParticipantResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(string conversation, string name, CancellationToken cancellation)
    {
        var sid = await db.FindConversationSidAsync(User.AccountSid(), conversation, cancellation);
        return Ok(ParticipantResource.Of(
            await db.ConversationParticipants.AsNoTracking().BySidOrIdentity(sid, name)
                .SingleOrDefaultAsync(cancellation)
                ?? throw new TwilioException(MessagingError.ParticipantNotFound.ToApiError()), Request));
    }

    /// <summary>Changes a participant. An absent parameter keeps its value.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="name">The participant's SID or identity.</param>
    /// <param name="form">The changes.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpPost("{name}")]
    [ProducesResponseType<ParticipantResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        string conversation, string name, [FromForm] UpdateParticipantForm form, CancellationToken cancellation) =>
        Ok(ParticipantResource.Of(
            await useCases.UpdateAsync(
                User.AccountSid(), conversation, name, form.ApplyTo, Request.NotifiesWebhooks(), cancellation),
            Request));

    /// <summary>Removes a participant; the messages stay.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="name">The participant's SID or identity.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpDelete("{name}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(
        string conversation, string name, CancellationToken cancellation)
    {
        await useCases.RemoveAsync(User.AccountSid(), conversation, name, Request.NotifiesWebhooks(), cancellation);
        return NoContent();
    }
}
