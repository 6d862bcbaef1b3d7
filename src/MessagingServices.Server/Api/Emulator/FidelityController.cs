using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>What the server has of Twilio.</summary>
[ApiController]
[Route("emulator/v1/Fidelity")]
[Tags("Emulator")]
internal sealed class FidelityController(EndpointDataSource endpoints) : ControllerBase
{
    /// <summary>
    /// Lists every operation of Twilio's, and what the server does with it and with its parameters. Of products that
    /// are not emulated it lists the paths.
    /// </summary>
    [HttpGet]
    [ProducesResponseType<FidelityResource>(StatusCodes.Status200OK)]
    public OkObjectResult Fetch() => Ok(FidelityResource.Of(endpoints));
}
