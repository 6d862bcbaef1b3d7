using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// The caller's account and its subaccounts: create, list, fetch, change. Source:
/// https://www.twilio.com/docs/iam/api/account.
/// </summary>
[ApiController]
[ForAuthToken]
[Tags("2010 Accounts")]
internal sealed class AccountsController(MessagingDb db, AccountUseCases useCases) : ControllerBase
{
    /// <summary>Creates a subaccount. Its Auth Token is in the response.</summary>
    [HttpPost("/2010-04-01/Accounts.json")]
    [ProducesResponseType<AccountResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create([FromForm] CreateAccountForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, AccountResource.Of(
            await useCases.CreateAsync(User.Account(), form.FriendlyName, cancellation)));

    /// <summary>Lists the account and its subaccounts, newest first.</summary>
    [HttpGet("/2010-04-01/Accounts.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] AccountFilter filter, CancellationToken cancellation)
    {
        var own = User.AccountSid();
        var listing = await filter
            .Apply(db.Accounts.Where(account => account.Sid == own || account.OwnerSid == own))
            .ReadAsync(PageRequest.Read(Request), account => account.Ordinal, account => account.Sid, cancellation);
        return Ok(Page2010.Of(Request, "accounts", "Account", listing, AccountResource.Of));
    }

    /// <summary>Fetches the account, or a subaccount.</summary>
    [HttpGet("/2010-04-01/Accounts/{AccountSid}.json")]
    [ProducesResponseType<AccountResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(CancellationToken cancellation) => Ok(AccountResource.Of(this.Existing(
        await db.Accounts.AsNoTracking()
            .SingleOrDefaultAsync(account => account.Sid == User.AccountSid(), cancellation))));

    /// <summary>Changes the name of an account, and the status of a subaccount.</summary>
    [HttpPost("/2010-04-01/Accounts/{AccountSid}.json")]
    [ForInactiveAccounts]
    [ProducesResponseType<AccountResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update([FromForm] UpdateAccountForm form, CancellationToken cancellation)
    {
        var isParent = User.AccountSid() != User.Credential().Account.Sid;
        if (!string.IsNullOrEmpty(form.Status) && !isParent && User.Credential().Account.Owner is not null)
            throw new TwilioException(
                MessagingError.Forbidden.ToApiError("The status of a subaccount is changed by its parent"));
        return Ok(AccountResource.Of(
            this.Existing(await useCases.UpdateAsync(User.AccountSid(), form.ApplyTo, cancellation))));
    }
}
