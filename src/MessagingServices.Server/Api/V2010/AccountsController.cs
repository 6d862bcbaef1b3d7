using MessagingServices.Server.Api.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The caller's own account.</summary>
[ApiController]
[Tags("2010 Accounts")]
internal sealed class AccountsController(MessagingDb db) : ControllerBase
{
    /// <summary>Fetches the account.</summary>
    [HttpGet("/2010-04-01/Accounts/{AccountSid}.json")]
    [ProducesResponseType<AccountResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(CancellationToken cancellation) => Ok(AccountResource.Of(
        await db.Accounts.AsNoTracking().SingleAsync(account => account.Sid == User.AccountSid(), cancellation)));
}
