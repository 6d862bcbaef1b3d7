using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The account's phone numbers: provision, list, fetch, change, release.</summary>
[ApiController]
[Route("2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers")]
[Tags("2010 IncomingPhoneNumbers")]
internal sealed class PhoneNumbersController(
    MessagingDb db, PhoneNumberUseCases useCases, TestPhoneNumbers testNumbers) : ControllerBase
{
    /// <summary>Provisions a phone number, or a free one of an area code.</summary>
    [HttpPost("/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json")]
    [ForTestCredentials]
    [ProducesResponseType<PhoneNumberResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        [FromForm] CreatePhoneNumberForm form, CancellationToken cancellation)
    {
        var wanted = form.ToNewPhoneNumber(User.AccountSid());
        var number = User.Credential().Kind == CredentialKind.Test
            ? testNumbers.Provision(wanted) : await useCases.ProvisionAsync(wanted, cancellation);
        return StatusCode(StatusCodes.Status201Created, PhoneNumberResource.Of(number));
    }

    /// <summary>Lists the account's phone numbers, newest first.</summary>
    [HttpGet("/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] PhoneNumberFilter filter, CancellationToken cancellation)
    {
        var listing = await filter.Apply(db.PhoneNumbers.Where(number => number.AccountSid == User.AccountSid()))
            .ReadAsync(PageRequest.Read(Request), number => number.Ordinal, number => number.Sid, cancellation);
        return Ok(
            Page2010.Of(Request, "incoming_phone_numbers", "IncomingPhoneNumber", listing, PhoneNumberResource.Of));
    }

    /// <summary>Fetches a phone number.</summary>
    [HttpGet("{sid}.json")]
    [ProducesResponseType<PhoneNumberResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        Found(await db.PhoneNumbers.AsNoTracking()
            .SingleOrDefaultAsync(number => number.Sid == sid && number.AccountSid == User.AccountSid(), cancellation));

    /// <summary>Changes a phone number. An absent parameter keeps its value, an empty one clears it.</summary>
    [HttpPost("{sid}.json")]
    [ProducesResponseType<PhoneNumberResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        Sid sid, [FromForm] UpdatePhoneNumberForm form, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(form.AccountSid) && form.AccountSid != User.AccountSid().Value)
            throw new TwilioException(
                MessagingError.BadParameter.ToApiError(
                    $"The phone number cannot be moved to the account {form.AccountSid}"));
        return Found(await useCases.UpdateAsync(
            User.AccountSid(), sid, form.SmsApplicationSid, form.ApplyTo, cancellation));
    }

    /// <summary>Releases a phone number; it leaves its sender pool.</summary>
    [HttpDelete("{sid}.json")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.ReleaseAsync(User.AccountSid(), sid, cancellation));

    private OkObjectResult Found(PhoneNumber? number) =>
        Ok(PhoneNumberResource.Of(number ?? throw this.NotFoundError()));
}
