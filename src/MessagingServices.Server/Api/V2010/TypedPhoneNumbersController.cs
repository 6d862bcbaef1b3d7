using System.Linq.Expressions;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// The account's phone numbers by type: local, mobile, toll-free. A number that is known to be of another type is not
/// available.
/// </summary>
[ApiController]
[Route("2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers")]
[Tags("2010 IncomingPhoneNumbers")]
internal sealed class TypedPhoneNumbersController(MessagingDb db, PhoneNumberUseCases useCases) : ControllerBase
{
    /// <summary>Provisions a local number.</summary>
    [HttpPost("Local.json")]
    [ProducesResponseType<PhoneNumberResource>(StatusCodes.Status201Created)]
    public Task<ObjectResult> CreateLocal([FromForm] CreateTypedPhoneNumberForm form, CancellationToken cancellation) =>
        CreateAsync(form, PhoneNumberType.Local, cancellation);

    /// <summary>Provisions a mobile number.</summary>
    [HttpPost("Mobile.json")]
    [ProducesResponseType<PhoneNumberResource>(StatusCodes.Status201Created)]
    public Task<ObjectResult> CreateMobile(
        [FromForm] CreateTypedPhoneNumberForm form, CancellationToken cancellation) =>
        CreateAsync(form, PhoneNumberType.Mobile, cancellation);

    /// <summary>Provisions a toll-free number.</summary>
    [HttpPost("TollFree.json")]
    [ProducesResponseType<PhoneNumberResource>(StatusCodes.Status201Created)]
    public Task<ObjectResult> CreateTollFree(
        [FromForm] CreateTypedPhoneNumberForm form, CancellationToken cancellation) =>
        CreateAsync(form, PhoneNumberType.TollFree, cancellation);

    /// <summary>Lists the local numbers, newest first.</summary>
    [HttpGet("Local.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListLocal([FromQuery] PhoneNumberFilter filter, CancellationToken cancellation) =>
        ListAsync(filter, number => !number.IsTollFree && !number.IsMobile, cancellation);

    /// <summary>Lists the mobile numbers, newest first.</summary>
    [HttpGet("Mobile.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListMobile([FromQuery] PhoneNumberFilter filter, CancellationToken cancellation) =>
        ListAsync(filter, number => number.IsMobile, cancellation);

    /// <summary>Lists the toll-free numbers, newest first.</summary>
    [HttpGet("TollFree.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListTollFree([FromQuery] PhoneNumberFilter filter, CancellationToken cancellation) =>
        ListAsync(filter, number => number.IsTollFree, cancellation);

    private async Task<ObjectResult> CreateAsync(
        CreateTypedPhoneNumberForm form, PhoneNumberType type, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, PhoneNumberResource.WithoutType(
            await useCases.ProvisionAsync(form.ToNewPhoneNumber(User.AccountSid(), type), cancellation)));

    private async Task<ObjectResult> ListAsync(
        PhoneNumberFilter filter, Expression<Func<PhoneNumber, bool>> ofType, CancellationToken cancellation)
    {
        var listing = await filter.Apply(db.PhoneNumbers.Where(number => number.AccountSid == User.AccountSid()))
            .Where(ofType)
            .ReadAsync(PageRequest.Read(Request), number => number.Ordinal, number => number.Sid, cancellation);
        return Ok(Page2010.Of(
            Request, "incoming_phone_numbers", "IncomingPhoneNumber", listing, PhoneNumberResource.WithoutType));
    }
}
