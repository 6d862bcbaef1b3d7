using MessagingServices.Server.Api.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>The configuration of all conversations of an account.</summary>
[ApiController]
[Route("conversations/v1/Configuration")]
[Tags("Conversations v1")]
internal sealed class ConfigurationController : ControllerBase
{
    /// <summary>Fetches it; it cannot be changed.</summary>
    [HttpGet]
    [ProducesResponseType<ConfigurationResource>(StatusCodes.Status200OK)]
    public ObjectResult Fetch() => Ok(ConfigurationResource.Of(User.AccountSid(), Request));
}
