using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The phone numbers that can be provisioned, by country and type.</summary>
[ApiController]
[Route("2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers")]
[Tags("2010 AvailablePhoneNumbers")]
internal sealed class AvailablePhoneNumbersController(OfferedNumbers offers) : ControllerBase
{
    /// <summary>Lists the countries in which numbers can be provisioned.</summary>
    [HttpGet("/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers.json")]
    [ProducesResponseType<AvailableCountryList>(StatusCodes.Status200OK)]
    public ObjectResult ListCountries()
    {
        _ = PageRequest.Read(Request);
        return Ok(new AvailableCountryList(
            [.. NumberCountry.All.Select(country => AvailableCountryResource.Of(country, User.AccountSid()))],
            Request.Path.Value!));
    }

    /// <summary>Fetches a country.</summary>
    /// <param name="countryCode">The country, ISO 3166.</param>
    [HttpGet("{countryCode}.json")]
    [ProducesResponseType<AvailableCountryResource>(StatusCodes.Status200OK)]
    public ObjectResult FetchCountry(string countryCode) => Ok(AvailableCountryResource.Of(
        this.Existing(NumberCountry.Of(countryCode.ToUpperInvariant())), User.AccountSid()));

    /// <summary>Searches for local numbers.</summary>
    /// <inheritdoc cref="FindAsync"/>
    [HttpGet("{countryCode}/Local.json")]
    [ProducesResponseType<AvailablePhoneNumberList>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListLocal(
        string countryCode, [FromQuery] AvailablePhoneNumberFilter filter, CancellationToken cancellation) =>
        FindAsync(countryCode, OfferedNumberType.Local, filter, cancellation);

    /// <summary>Searches for toll-free numbers.</summary>
    /// <inheritdoc cref="FindAsync"/>
    [HttpGet("{countryCode}/TollFree.json")]
    [ProducesResponseType<AvailablePhoneNumberList>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListTollFree(
        string countryCode, [FromQuery] AvailablePhoneNumberFilter filter, CancellationToken cancellation) =>
        FindAsync(countryCode, OfferedNumberType.TollFree, filter, cancellation);

    /// <summary>Searches for mobile numbers.</summary>
    /// <inheritdoc cref="FindAsync"/>
    [HttpGet("{countryCode}/Mobile.json")]
    [ProducesResponseType<AvailablePhoneNumberList>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListMobile(
        string countryCode, [FromQuery] AvailablePhoneNumberFilter filter, CancellationToken cancellation) =>
        FindAsync(countryCode, OfferedNumberType.Mobile, filter, cancellation);

    /// <summary>Searches for national numbers.</summary>
    /// <inheritdoc cref="FindAsync"/>
    [HttpGet("{countryCode}/National.json")]
    [ProducesResponseType<AvailablePhoneNumberList>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListNational(
        string countryCode, [FromQuery] AvailablePhoneNumberFilter filter, CancellationToken cancellation) =>
        FindAsync(countryCode, OfferedNumberType.National, filter, cancellation);

    /// <summary>Searches for numbers with shared costs.</summary>
    /// <inheritdoc cref="FindAsync"/>
    [HttpGet("{countryCode}/SharedCost.json")]
    [ProducesResponseType<AvailablePhoneNumberList>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListSharedCost(
        string countryCode, [FromQuery] AvailablePhoneNumberFilter filter, CancellationToken cancellation) =>
        FindAsync(countryCode, OfferedNumberType.SharedCost, filter, cancellation);

    /// <summary>Searches for numbers of Internet telephone services.</summary>
    /// <inheritdoc cref="FindAsync"/>
    [HttpGet("{countryCode}/Voip.json")]
    [ProducesResponseType<AvailablePhoneNumberList>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListVoip(
        string countryCode, [FromQuery] AvailablePhoneNumberFilter filter, CancellationToken cancellation) =>
        FindAsync(countryCode, OfferedNumberType.Voip, filter, cancellation);

    /// <summary>Searches for numbers of devices. There are none here.</summary>
    /// <inheritdoc cref="FindAsync"/>
    [HttpGet("{countryCode}/MachineToMachine.json")]
    [ProducesResponseType<AvailablePhoneNumberList>(StatusCodes.Status200OK)]
    public Task<ObjectResult> ListMachineToMachine(
        string countryCode, [FromQuery] AvailablePhoneNumberFilter filter, CancellationToken cancellation) =>
        FindAsync(countryCode, OfferedNumberType.MachineToMachine, filter, cancellation);

    /// <param name="countryCode">The country, ISO 3166.</param>
    private async Task<ObjectResult> FindAsync(
        string countryCode, OfferedNumberType type, AvailablePhoneNumberFilter filter, CancellationToken cancellation)
    {
        var country = this.Existing(NumberCountry.Of(countryCode.ToUpperInvariant())).Code;
        var page = PageRequest.Read(Request);
        var numbers = filter.ToSearch(country, type) is { } search
            ? await offers.FindAsync(User.AccountSid(), search, page.Size, cancellation) : [];
        return Ok(new AvailablePhoneNumberList(
            [.. numbers.Select(number => AvailablePhoneNumberResource.Of(number, country))], Request.Path.Value!));
    }
}
