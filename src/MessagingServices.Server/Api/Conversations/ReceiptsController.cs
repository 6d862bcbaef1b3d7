using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Conversations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>The delivery of a conversation message to participants with addresses: list, fetch.</summary>
[ApiController]
[Route("conversations/v1/Conversations/{conversation}/Messages/{messageSid}/Receipts")]
[Tags("Conversations v1")]
internal sealed class ReceiptsController(MessagingDb db) : ControllerBase
{
    /// <summary>Lists the receipts of a message: of all participants with whom it was sent or failed.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="messageSid">The message (prefix IM).</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(string conversation, Sid messageSid, CancellationToken cancellation)
    {
        var parent = await FindAsync(conversation, messageSid, cancellation);
        var listing = await OfMessage(messageSid)
            .ReadAsync(PageRequest.Read(Request, ConversationFormRules.SmallMaxPageSize),
                receipt => receipt.Delivery.Ordinal, receipt => receipt.Delivery.Sid, cancellation, oldestFirst: true);
        return Ok(
            PageV1.Of(Request, "delivery_receipts", listing, receipt => ReceiptResource.Of(receipt, parent, Request)));
    }

    /// <summary>Fetches a receipt.</summary>
    /// <param name="conversation">The conversation's SID or unique name.</param>
    /// <param name="messageSid">The message (prefix IM).</param>
    /// <param name="sid">SID with the prefix DY.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpGet("{sid}")]
    [ProducesResponseType<ReceiptResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(string conversation, Sid messageSid, Sid sid, CancellationToken cancellation)
    {
        var parent = await FindAsync(conversation, messageSid, cancellation);
        var receipt = await OfMessage(messageSid).AsNoTracking()
            .SingleOrDefaultAsync(found => found.Delivery.Sid == sid, cancellation);
        return Ok(ReceiptResource.Of(receipt ?? throw this.NotFoundError(), parent, Request));
    }

    private IQueryable<ConversationReceipt> OfMessage(Sid message) =>
        db.Receipts(db.ConversationDeliveries.Where(delivery => delivery.ConversationMessageSid == message))
            .WithOutcome();

    private async Task<Sid> FindAsync(string conversation, Sid message, CancellationToken cancellation)
    {
        var parent = await db.FindConversationSidAsync(User.AccountSid(), conversation, cancellation);
        return await db.ConversationMessages.AnyAsync(
            found => found.Sid == message && found.ConversationSid == parent, cancellation)
            ? parent
            : throw this.NotFoundError();
    }
}
