using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Messages for tests: wait for one, and see its history.</summary>
[ApiController]
[Route("emulator/v1/Messages")]
[Tags("Emulator")]
internal sealed class MessagesController : ControllerBase
{
    /// <summary>
    /// Waits for a message: responds with the newest that matches, as soon as there is one. Present messages count too.
    /// 404 with code 20404 when the time is over.
    /// </summary>
    [HttpGet("Wait", Name = "WaitForMessage")]
    [WithoutDeadline]
    [ProducesResponseType<MessageResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Wait(
        [FromQuery] WaitForMessageForm form, [FromServices] WaitForMessage waitForMessage,
        CancellationToken cancellation) =>
        Ok(MessageResource.Of(
            await waitForMessage.WaitAsync(form.ToWanted(User.AccountSid()), form.Patience, cancellation)
            ?? throw new TwilioException(
                new(MessagingError.NotFound, $"No such message within {form.Patience.TotalSeconds} seconds"))));

    /// <summary>Fetches the history of a message: its statuses, the selection of its sender, its webhooks.</summary>
    [HttpGet("{sid}/Timeline", Name = "FetchMessageTimeline")]
    [ProducesResponseType<TimelineResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Timeline(Sid sid, [FromServices] MessagingDb db, CancellationToken cancellation) =>
        Ok(TimelineResource.Of(await MessageTimeline.ReadAsync(db, User.AccountSid(), sid, cancellation)
            ?? throw this.NotFoundError()));
}
