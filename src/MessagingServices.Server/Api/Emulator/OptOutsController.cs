using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The opt-outs of the account.</summary>
[ApiController]
[Route("emulator/v1/OptOuts")]
[Tags("Emulator")]
internal sealed class OptOutsController(MessagingDb db) : ControllerBase
{
    /// <summary>Lists opt-outs, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] OptOutFilter filter, CancellationToken cancellation)
    {
        var account = User.AccountSid();
        var listing = await filter.Apply(db.OptOuts.Where(optOut => optOut.AccountSid == account))
            .ReadAsync(PageRequest.Read(Request), optOut => optOut.Ordinal, optOut => optOut.AccountSid, cancellation);
        return Ok(PageV1.Of(Request, "opt_outs", listing, OptOutResource.Of));
    }

    /// <summary>
    /// Removes the opt-outs that match the parameters; at least one parameter is needed. Their recipients can get
    /// messages again.
    /// </summary>
    [HttpDelete]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete([FromQuery] OptOutFilter filter, CancellationToken cancellation)
    {
        if (filter.IsEmpty)
            throw new TwilioException(
                MessagingError.BadParameter.ToApiError("One of To, MessagingServiceSid and From is required"));
        var (recipient, group) = filter.ToRecipient();
        // An opt-out is of one thing: of two, none is.
        if (filter.ToScopes() is { Count: < 2 } scopes)
        {
            await db.InTransactionAsync(
                () => db.RemoveOptOutsAsync(
                    User.AccountSid(), recipient, group, scopes.SingleOrDefault(), cancellation), cancellation);
        }

        return NoContent();
    }
}
