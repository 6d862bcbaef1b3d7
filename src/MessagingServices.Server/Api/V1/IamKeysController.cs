using FluentValidation;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// The API keys of an account, Standard and Restricted: create, list, fetch, change, revoke. Source:
/// https://www.twilio.com/docs/iam/api-keys/key-resource-v1.
/// </summary>
[ApiController]
[ForAuthToken]
[Route("iam/v1/Keys")]
[Tags("IAM v1 Keys")]
internal sealed class IamKeysController(MessagingDb db, ApiKeyUseCases useCases, AccountCache accounts)
    : ControllerBase
{
    /// <summary>Creates a key. Its secret is in this response only.</summary>
    [HttpPost]
    [ProducesResponseType<IamKeyResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create([FromForm] CreateIamKeyForm form, CancellationToken cancellation)
    {
        var account = await FindAccountAsync(form.AccountSid, cancellation);
        await CheckActiveAsync(account, cancellation);
        var (key, secret) = await useCases.CreateAsync(account, form.FriendlyName, form.ToPolicy(), cancellation);
        return StatusCode(StatusCodes.Status201Created, IamKeyResource.Of(key, secret));
    }

    /// <summary>Lists the keys of an account, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] IamKeyFilter filter, CancellationToken cancellation)
    {
        var account = await FindAccountAsync(filter.AccountSid, cancellation);
        var listing = await db.ApiKeys.Where(key => key.AccountSid == account)
            .ReadAsync(PageRequest.Read(Request), key => key.Ordinal, key => key.Sid, cancellation);
        return Ok(PageV1.Of(Request, "keys", listing, IamKeyListItem.Of));
    }

    /// <summary>Fetches a key.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<IamKeyResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) => Ok(IamKeyResource.Of(
        this.Existing(await OwnKeys.AsNoTracking().SingleOrDefaultAsync(key => key.Sid == sid, cancellation))));

    /// <summary>Changes the name of a key, or what a Restricted key may do.</summary>
    [HttpPost("{sid}")]
    [ProducesResponseType<IamKeyResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        Sid sid, [FromForm] UpdateIamKeyForm form, CancellationToken cancellation) =>
        Ok(IamKeyResource.Of(this.Existing(await useCases.UpdateAsync(
            await AccountOfAsync(sid, cancellation), sid, form.ApplyTo, cancellation))));

    /// <summary>Revokes a key. Every server refuses it within a second.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.RevokeAsync(await AccountOfAsync(sid, cancellation), sid, cancellation));

    /// <summary>The keys of the caller's account and its subaccounts.</summary>
    private IQueryable<ApiKey> OwnKeys
    {
        get
        {
            var own = User.AccountSid();
            return db.ApiKeys.Where(key => key.AccountSid == own
                || db.Accounts.Any(account => account.Sid == key.AccountSid && account.OwnerSid == own));
        }
    }

    private async Task<Sid> AccountOfAsync(Sid key, CancellationToken cancellation)
    {
        var account = this.Existing(
            await OwnKeys.AsNoTracking().SingleOrDefaultAsync(own => own.Sid == key, cancellation)).AccountSid;
        await CheckActiveAsync(account, cancellation);
        return account;
    }

    // As in a path that names the account: nothing of a suspended or closed one changes.
    private async Task CheckActiveAsync(Sid account, CancellationToken cancellation)
    {
        if (await accounts.FindAsync(account, cancellation) is not { Status: AccountStatus.Active })
            throw new TwilioException(MessagingError.AccountNotActive.ToApiError());
    }

    private async Task<Sid> FindAccountAsync(string? named, CancellationToken cancellation)
    {
        var own = User.AccountSid();
        if (!Sid.TryParseAs(SidPrefix.Account, named, out var sid))
            throw new TwilioException(
                MessagingError.BadParameter.ToApiError("AccountSid must be the SID of an account"));
        return sid == own
            || await accounts.FindSubaccountAsync(own, sid, cancellation) is not null
            ? sid
            : throw new TwilioException(MessagingError.WrongToken.ToApiError(own));
    }
}

/// <summary>Whose keys are listed.</summary>
internal sealed record IamKeyFilter
{
    /// <summary>The account: the caller's or its subaccount. Required.</summary>
    [FromQuery(Name = "AccountSid")]
    [Shape(IsRequired = true)]
    public string? AccountSid { get; init; }
}

/// <summary>The parameters of a new key.</summary>
internal sealed record CreateIamKeyForm
{
    /// <summary>The account that the key authenticates: the caller's or its subaccount. Required.</summary>
    public string? AccountSid { get; init; }

    /// <summary>A name for people, at most 64 characters.</summary>
    public string? FriendlyName { get; init; }

    /// <summary><c>standard</c> (default) or <c>restricted</c>.</summary>
    public string? KeyType { get; init; }

    /// <summary>
    /// What a Restricted key may do: <c>{"allow": ["/twilio/messaging/messages/create"]}</c>. Required for one.
    /// </summary>
    public string? Policy { get; init; }

    /// <summary>The policy of a Restricted key; null for a Standard key.</summary>
    public KeyPolicy? ToPolicy() => IsRestricted ? KeyPolicy.Parse(Policy) : null;

    internal bool IsRestricted => "restricted".Equals(KeyType, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The parameters with which a key is changed. Absent keeps.</summary>
internal sealed record UpdateIamKeyForm
{
    /// <summary>A name for people, at most 64 characters.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>What a Restricted key may do. A Standard key has none.</summary>
    public string? Policy { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    /// <exception cref="TwilioException">20001 for the policy of a Standard key.</exception>
    public void ApplyTo(ApiKey key)
    {
        key.FriendlyName = FriendlyName ?? key.FriendlyName;
        if (string.IsNullOrEmpty(Policy)) return;
        if (key.Policy is null)
            throw new TwilioException(MessagingError.BadParameter.ToApiError("A Standard key has no Policy"));
        key.Policy = KeyPolicy.Parse(Policy);
    }
}

/// <summary>The rules for a new key.</summary>
internal sealed class CreateIamKeyRules : AbstractValidator<CreateIamKeyForm>
{
    public CreateIamKeyRules()
    {
        RuleFor(form => form.AccountSid).Required("AccountSid");
        RuleFor(form => form.FriendlyName).AtMost(nameof(ApiKey.FriendlyName), ApiKey.MaxNameLength);
        RuleFor(form => form.KeyType).OneOf(["", "standard", "restricted"])
            .ToApiError(type => $"KeyType must be standard or restricted, not '{type}'");
        RuleFor(form => form.Policy)
            .Must((form, policy) => form.IsRestricted ? KeyPolicy.Parse(policy) is not null
                : string.IsNullOrEmpty(policy))
            .ToApiError(_ => IamKeyRules.WrongPolicy);
    }
}

/// <summary>The rules for a change of a key.</summary>
internal sealed class UpdateIamKeyRules : AbstractValidator<UpdateIamKeyForm>
{
    public UpdateIamKeyRules()
    {
        RuleFor(form => form.FriendlyName).AtMost(nameof(ApiKey.FriendlyName), ApiKey.MaxNameLength);
        RuleFor(form => form.Policy)
            .Must(policy => string.IsNullOrEmpty(policy) || KeyPolicy.Parse(policy) is not null)
            .ToApiError(_ => IamKeyRules.WrongPolicy);
    }
}

/// <summary>What the rules of keys share.</summary>
internal static class IamKeyRules
{
    public const string WrongPolicy =
        "Policy must be a JSON object such as {\"allow\": [\"/twilio/messaging/messages/create\"]}, and is for "
        + "restricted keys only";
}
