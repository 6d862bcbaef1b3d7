using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Monitor;

/// <summary>The audit trail of changes, which is not kept here.</summary>
[ApiController]
[Route("monitor/v1/Events")]
[Tags("Monitor v1")]
internal sealed class EventsController : ControllerBase
{
    /// <summary>Lists events. There are none.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public ObjectResult List() => Ok(PageV1.Of(
        Request, "events", new Listing<object>(PageRequest.Read(Request), [], null, null), item => item));

    /// <summary>Fetches an event. There are none.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType(StatusCodes.Status404NotFound)]
    public ObjectResult Fetch(Sid sid) => throw this.NotFoundError();
}
