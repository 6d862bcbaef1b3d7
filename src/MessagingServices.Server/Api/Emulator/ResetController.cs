using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>
/// Resets the server. A reset affects all accounts, so it needs the configured account's credentials.
/// </summary>
[ApiController]
[ForConfiguredAccount]
[Route("emulator/v1/Reset")]
[Tags("Emulator")]
internal sealed class ResetController(ResetServer resetServer) : ControllerBase
{
    /// <summary>
    /// <c>Scope=messages</c>, the default, removes all messages, their history and the carrier rules. <c>Scope=all</c>
    /// removes everything but the configured account, sets the clock back to its beginning and applies the seed again.
    /// </summary>
    [HttpPost(Name = "ResetServer")]
    [WithoutDeadline]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Reset([FromForm] ResetForm form, CancellationToken cancellation)
    {
        if (form.IsOfEverything) await resetServer.EverythingAsync(cancellation);
        else await resetServer.MessagesAsync(cancellation);
        return NoContent();
    }
}
