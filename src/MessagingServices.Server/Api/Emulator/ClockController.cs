using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using MessagingServices.Server.Engine;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>
/// The time that messages live by. It is the server's, so it takes the configured account's credentials.
/// </summary>
[ApiController]
[ForConfiguredAccount]
[Route("emulator/v1/Clock")]
[Tags("Emulator")]
internal sealed class ClockController(EmulatorClock clock) : ControllerBase
{
    /// <summary>Fetches the state of the clock.</summary>
    [HttpGet]
    [ProducesResponseType<ClockResource>(StatusCodes.Status200OK)]
    public OkObjectResult Fetch() => Ok(ClockResource.Of(clock));

    /// <summary>
    /// Moves the clock, freezes it or lets it run. Everything that comes due on the way gets the time at which it was
    /// due. Responds when nothing due is unworked, and every callback that came due has had its first attempt or is in
    /// flight.
    /// </summary>
    [HttpPost]
    [WithoutDeadline]
    [ProducesResponseType<ClockResource>(StatusCodes.Status200OK)]
    public async Task<OkObjectResult> Change(
        [FromForm] ChangeClockForm form, [FromServices] MoveClock moveClock, CancellationToken cancellation)
    {
        await moveClock.ChangeAsync(form.ToChange(), cancellation);
        return Ok(ClockResource.Of(clock));
    }
}
