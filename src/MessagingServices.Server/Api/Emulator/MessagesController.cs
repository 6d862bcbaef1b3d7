using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using MessagingServices.Server.Outbound;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Messages for tests and screens: search, wait for one, see its history, read it on the handset.</summary>
[ApiController]
[Route("emulator/v1/Messages")]
[Tags("Emulator")]
internal sealed class MessagesController : ControllerBase
{
    /// <summary>
    /// Searches messages, newest first. Bodies are searched for a limited time: a page may have few messages or none,
    /// and <c>searched_until</c> says how far it came. <c>next_page_url</c> goes on from there.
    /// </summary>
    [HttpGet(Name = "SearchMessages")]
    [ProducesResponseType<MessageSearchPage>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Search(
        [FromQuery] MessageSearchForm form, [FromServices] MessageSearch search, CancellationToken cancellation)
    {
        var page = PageRequest.Read(Request);
        if (page.Token is { Backwards: true }) throw new TwilioException(MessagingError.InvalidPageToken.ToApiError());
        return Ok(MessageSearchPage.Of(Request, page, await search.SearchAsync(
            User.AccountSid(), MessageQuery.Parse(form.Query), page.Token?.Ordinal, page.Size, cancellation)));
    }

    /// <summary>
    /// Waits for a message: responds with the newest that matches, or with the oldest that is newer than
    /// <c>After</c>, as soon as there is one. Present messages count too. 404 with code 20404 when the time is over, or
    /// the account does not have the message <c>After</c>. It ends within a second when the account is suspended,
    /// closed or deleted, or the API key revoked.
    /// </summary>
    [HttpGet("Wait", Name = "WaitForMessage")]
    [WithoutDeadline]
    [ProducesResponseType<MessageResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Wait(
        [FromQuery] WaitForMessageForm form, [FromServices] WaitForMessage waitForMessage,
        [FromServices] CallerCheck check, CancellationToken cancellation) =>
        Ok(MessageResource.Of(
            await waitForMessage.WaitAsync(
                form.ToWanted(User.AccountSid()), form.Patience, check.For((Caller)User), cancellation)
            ?? throw new TwilioException(
                new(MessagingError.NotFound, $"No such message within {form.Patience.TotalSeconds} seconds"))));

    /// <summary>Fetches the history of a message: its statuses, the selection of its sender, its webhooks.</summary>
    [HttpGet("{sid}/Timeline", Name = "FetchMessageTimeline")]
    [ProducesResponseType<TimelineResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Timeline(Sid sid, [FromServices] MessagingDb db, CancellationToken cancellation) =>
        Ok(TimelineResource.Of(await MessageTimeline.ReadAsync(db, User.AccountSid(), sid, cancellation)
            ?? throw this.NotFoundError()));

    /// <summary>Fetches the segments of a message: encoding, texts, and what smart encoding replaces.</summary>
    [HttpGet("{sid}/Segments", Name = "FetchMessageSegments")]
    [ProducesResponseType<SegmentsResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Segments(Sid sid, [FromServices] MessagingDb db, CancellationToken cancellation) =>
        Ok(SegmentsResource.Of(await MessageAsync(db, sid, cancellation)));

    /// <summary>Fetches what a person takes out of a message: its one-time codes and its links.</summary>
    [HttpGet("{sid}/Extracts", Name = "FetchMessageExtracts")]
    [ProducesResponseType<ExtractsResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Extracts(Sid sid, [FromServices] MessagingDb db, CancellationToken cancellation) =>
        Ok(ExtractsResource.Of(await MessageAsync(db, sid, cancellation)));

    /// <summary>The recipient reads a message of WhatsApp or RCS. Reading it again changes nothing.</summary>
    [HttpPost("{sid}/Read", Name = "ReadMessage")]
    [ProducesResponseType<MessageResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Read(
        Sid sid, [FromServices] ReadMessage readMessage, CancellationToken cancellation) =>
        Ok(MessageResource.Of(this.Existing(await readMessage.ReadAsync(User.AccountSid(), sid, cancellation))));

    private async Task<Message> MessageAsync(MessagingDb db, Sid sid, CancellationToken cancellation) =>
        this.Existing(await db.Messages.AsNoTracking().SingleOrDefaultAsync(
            message => message.Sid == sid && message.AccountSid == User.AccountSid(), cancellation));
}
