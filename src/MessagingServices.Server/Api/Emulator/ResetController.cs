using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Resets the account. No other account notices.</summary>
[ApiController]
[Route("emulator/v1/Reset")]
[Tags("Emulator")]
internal sealed class ResetController(RemoveAccounts removeAccounts) : ControllerBase
{
    /// <summary>
    /// <c>Scope=messages</c>, the default, removes all messages, their history, opt-outs, conversations and the carrier
    /// rules. <c>Scope=all</c> removes everything but API keys and subaccounts, sets the clock back to its beginning
    /// and, for the configured account, applies the seed again.
    /// </summary>
    [HttpPost(Name = "ResetAccount")]
    [WithoutDeadline]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Reset([FromForm] ResetForm form, CancellationToken cancellation)
    {
        var account = User.AccountSid();
        if (form.IsOfEverything) await removeAccounts.ResetEverythingAsync(account, cancellation);
        else await removeAccounts.ResetMessagesAsync(account, cancellation);
        return NoContent();
    }
}
