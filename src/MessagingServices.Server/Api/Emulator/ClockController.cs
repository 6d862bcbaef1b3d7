using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using MessagingServices.Server.Engine;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The time that the messages of the calling account live by. Each account has a clock of its own.</summary>
[ApiController]
[Route("emulator/v1/Clock")]
[Tags("Emulator")]
internal sealed class ClockController(EmulatorClock clock) : ControllerBase
{
    /// <summary>Fetches the state of the clock.</summary>
    [HttpGet]
    [ProducesResponseType<ClockResource>(StatusCodes.Status200OK)]
    public OkObjectResult Fetch() => Ok(ClockResource.Of(clock, User.AccountSid()));

    /// <summary>
    /// Lists what happens next as the account's clock reaches it, at most 100 entries: messages that are sent, reports
    /// of the carrier, registrations, and what expires. Things of one kind and time are counted.
    /// </summary>
    [HttpGet("Due", Name = "ListClockDue")]
    [ProducesResponseType<DueResource>(StatusCodes.Status200OK)]
    public async Task<OkObjectResult> Due([FromServices] DueThings things, CancellationToken cancellation)
    {
        var due = await things.ReadAsync(User.AccountSid(), DueResource.MaxEntries, cancellation);
        return Ok(DueResource.Of(clock.Now(User.AccountSid()), due));
    }

    /// <summary>
    /// Moves the account's clock, freezes it or lets it run. No other clock changes. What of the account comes
    /// due on the way gets the time at which it was due. Responds when nothing due is unworked, and every callback that
    /// came due has had its first attempt or is in flight. <c>Advance=next</c> moves exactly to the next due thing;
    /// with nothing due the clock stays.
    /// </summary>
    [HttpPost]
    [WithoutDeadline]
    [ProducesResponseType<ClockResource>(StatusCodes.Status200OK)]
    public async Task<OkObjectResult> Change(
        [FromForm] ChangeClockForm form, [FromServices] MoveClock moveClock,
        [FromServices] MoveClockToNext moveToNext, CancellationToken cancellation)
    {
        await (form.IsToNext
            ? moveToNext.MoveAsync(User.AccountSid(), form.ToChange().Frozen, cancellation)
            : moveClock.ChangeAsync(User.AccountSid(), form.ToChange(), cancellation));
        return Ok(ClockResource.Of(clock, User.AccountSid()));
    }
}
