using FluentValidation;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// The account's Standard API keys: create, list, fetch, change, revoke. <c>SigningKeys</c> is an older name of the
/// same. Source: https://www.twilio.com/docs/iam/api-keys/keys.
/// </summary>
[ApiController]
[ForAuthToken]
[Tags("2010 Keys")]
internal sealed class KeysController(MessagingDb db, ApiKeyUseCases useCases) : ControllerBase
{
    private const string Keys = "/2010-04-01/Accounts/{AccountSid}/Keys";
    private const string SigningKeys = "/2010-04-01/Accounts/{AccountSid}/SigningKeys";

    /// <summary>Creates a Standard key. Its secret is in this response only.</summary>
    [HttpPost($"{Keys}.json")]
    [HttpPost($"{SigningKeys}.json")]
    [ProducesResponseType<KeyResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create([FromForm] KeyForm form, CancellationToken cancellation)
    {
        var (key, secret) = await useCases.CreateAsync(
            User.AccountSid(), form.FriendlyName, policy: null, cancellation);
        return StatusCode(StatusCodes.Status201Created, KeyResource.Of(key, secret));
    }

    /// <summary>Lists the keys, newest first.</summary>
    [HttpGet($"{Keys}.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> List(CancellationToken cancellation) => ListAsync("keys", "Key", cancellation);

    /// <summary>Lists the keys, newest first.</summary>
    [HttpGet($"{SigningKeys}.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListSigningKeys(CancellationToken cancellation) =>
        ListAsync("signing_keys", "SigningKey", cancellation);

    /// <summary>Fetches a key.</summary>
    [HttpGet($"{Keys}/{{sid}}.json")]
    [HttpGet($"{SigningKeys}/{{sid}}.json")]
    [ProducesResponseType<KeyResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) => Ok(KeyResource.Of(this.Existing(
        await db.ApiKeys.AsNoTracking()
            .SingleOrDefaultAsync(key => key.Sid == sid && key.AccountSid == User.AccountSid(), cancellation))));

    /// <summary>Changes the name of a key.</summary>
    [HttpPost($"{Keys}/{{sid}}.json")]
    [HttpPost($"{SigningKeys}/{{sid}}.json")]
    [ProducesResponseType<KeyResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(Sid sid, [FromForm] KeyForm form, CancellationToken cancellation) =>
        Ok(KeyResource.Of(this.Existing(
            await useCases.UpdateAsync(User.AccountSid(), sid, form.ApplyTo, cancellation))));

    /// <summary>Revokes a key. Every server refuses it within a second.</summary>
    [HttpDelete($"{Keys}/{{sid}}.json")]
    [HttpDelete($"{SigningKeys}/{{sid}}.json")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.RevokeAsync(User.AccountSid(), sid, cancellation));

    private async Task<ObjectResult> ListAsync(string list, string element, CancellationToken cancellation)
    {
        var listing = await db.ApiKeys.Where(key => key.AccountSid == User.AccountSid())
            .ReadAsync(PageRequest.Read(Request), key => key.Ordinal, key => key.Sid, cancellation);
        return Ok(Page2010.Of(Request, list, element, listing, KeyResource.Of));
    }
}

/// <summary>The parameters of a key.</summary>
internal sealed record KeyForm
{
    /// <summary>A name for people, at most 64 characters.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    public void ApplyTo(ApiKey key) => key.FriendlyName = FriendlyName ?? key.FriendlyName;
}

/// <summary>The rules for a key.</summary>
internal sealed class KeyRules : AbstractValidator<KeyForm>
{
    public KeyRules() => RuleFor(form => form.FriendlyName).AtMost(nameof(ApiKey.FriendlyName), ApiKey.MaxNameLength);
}
