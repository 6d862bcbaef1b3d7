using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Outbound;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>Messages: send, list, fetch, redact, cancel, delete.</summary>
[ApiController]
[Route("2010-04-01/Accounts/{AccountSid}/Messages")]
[Tags("2010 Messages")]
internal sealed class MessagesController(MessagingDb db) : ControllerBase
{
    /// <summary>Sends a message.</summary>
    [HttpPost("/2010-04-01/Accounts/{AccountSid}/Messages.json")]
    [ProducesResponseType<MessageResource>(StatusCodes.Status201Created)]
    [FastPath<CreateMessageEndpoint>]
    [ForTestCredentials]
    public Task Create([FromForm] CreateMessageForm form, [FromServices] CreateMessageEndpoint endpoint) =>
        endpoint.RespondAsync(HttpContext);

    /// <summary>Lists messages, newest first.</summary>
    [HttpGet("/2010-04-01/Accounts/{AccountSid}/Messages.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] MessageFilter filter, CancellationToken cancellation)
    {
        var messages = filter.Apply(db.Messages.Where(message => message.AccountSid == User.AccountSid()));
        var listing = await messages.ReadAsync(
            PageRequest.Read(Request), message => message.Ordinal, message => message.Sid, cancellation);
        return Ok(LegacyMessages.PageOf(Request, listing));
    }

    /// <summary>Fetches a message.</summary>
    [HttpGet("{sid}.json")]
    [ProducesResponseType<MessageResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        Found(await db.Messages.AsNoTracking()
            .SingleOrDefaultAsync(
                message => message.Sid == sid && message.AccountSid == User.AccountSid(), cancellation));

    /// <summary>Redacts a message that has ended (empty Body), or cancels a scheduled one (Status=canceled).</summary>
    [HttpPost("{sid}.json")]
    [ProducesResponseType<MessageResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        Sid sid, [FromForm] UpdateMessageForm form, [FromServices] CancelMessage cancelMessage,
        [FromServices] RedactMessage redactMessage,
        CancellationToken cancellation) => Found(form.Status is null
            ? await redactMessage.RedactAsync(User.AccountSid(), sid, cancellation)
            : await cancelMessage.CancelAsync(User.AccountSid(), sid, cancellation));

    /// <summary>Deletes a message that has ended.</summary>
    [HttpDelete("{sid}.json")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(
        Sid sid, [FromServices] DeleteMessage deleteMessage, CancellationToken cancellation) =>
        await deleteMessage.DeleteAsync(User.AccountSid(), sid, cancellation)
            ? NoContent()
            : throw this.NotFoundError();

    private OkObjectResult Found(Message? message) =>
        Ok(MessageResource.Of(message ?? throw this.NotFoundError()));
}
