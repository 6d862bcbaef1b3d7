using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>The conversations of a participant.</summary>
[ApiController]
[Route("conversations/v1/ParticipantConversations")]
[Tags("Conversations v1")]
internal sealed class ParticipantConversationsController(MessagingDb db) : ControllerBase
{
    /// <summary>Lists the conversations of a handset or an identity, those that it joined last first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(
        [FromQuery] ParticipantConversationFilter filter, CancellationToken cancellation)
    {
        var listing = await filter.Apply(
            db.ConversationParticipants.Where(participant => participant.AccountSid == User.AccountSid()))
            .ReadAsync(PageRequest.Read(Request, ConversationFormRules.SmallMaxPageSize),
                participant => participant.Ordinal, participant => participant.Sid,
                cancellation);
        var sids = listing.Items.Select(participant => participant.ConversationSid).ToList();
        var conversations = await db.Conversations.AsNoTracking().Where(conversation => sids.Contains(conversation.Sid))
            .ToDictionaryAsync(conversation => conversation.Sid, cancellation);
        // One that was deleted between the two reads is left out.
        var found = listing with { Items = [.. listing.Items.Where(
            participant => conversations.ContainsKey(participant.ConversationSid))] };
        return Ok(PageV1.Of(Request, "conversations", found,
            participant => ParticipantConversationResource.Of(
                conversations[participant.ConversationSid], participant, Request)));
    }
}
