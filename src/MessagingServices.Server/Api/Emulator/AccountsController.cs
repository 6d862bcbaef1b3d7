using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Subaccounts, which at Twilio are only closed.</summary>
[ApiController]
[ForAuthToken]
[Route("emulator/v1/Accounts")]
[Tags("Emulator")]
internal sealed class AccountsController(RemoveAccounts removeAccounts) : ControllerBase
{
    /// <summary>
    /// Deletes a subaccount of the caller with all that is its own, work under way included. Its credentials are
    /// unknown then. A main account cannot be deleted.
    /// </summary>
    [HttpDelete("{sid}", Name = "DeleteAccount")]
    [WithoutDeadline]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(Sid sid, CancellationToken cancellation)
    {
        if (sid == User.AccountSid())
            throw new TwilioException(MessagingError.Forbidden.ToApiError(
                "An account is deleted by its parent, and a main account cannot be deleted"));
        return this.Deleted(await removeAccounts.DeleteAsync(User.AccountSid(), sid, cancellation));
    }
}
