using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Short codes, which Twilio leases out by hand.</summary>
[ApiController]
[Route("emulator/v1/ShortCodes")]
[Tags("Emulator")]
internal sealed class ShortCodesController(ShortCodeUseCases useCases) : ControllerBase
{
    /// <summary>Gives the account a short code.</summary>
    [HttpPost]
    [ProducesResponseType<ShortCodeResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create([FromForm] CreateShortCodeForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, ShortCodeResource.Of(await useCases.ProvisionAsync(
            User.AccountSid(), form.ShortCode!, form.IsoCountry.ToCountry()!, cancellation)));
}
