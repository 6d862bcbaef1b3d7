using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Outbound;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The account's money.</summary>
[ApiController]
[Tags("2010 Balance")]
internal sealed class BalanceController(SpentCache spent, AccountOptions options) : ControllerBase
{
    /// <summary>
    /// Fetches the balance: <c>Account:Balance</c> less the prices of all messages. It may become negative, and stops
    /// no message. It may be five seconds old.
    /// </summary>
    [HttpGet("/2010-04-01/Accounts/{AccountSid}/Balance.json")]
    [ProducesResponseType<BalanceResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(CancellationToken cancellation) => Ok(BalanceResource.Of(
        User.AccountSid(), options.Balance - await spent.GetAsync(User.AccountSid(), cancellation)));
}
