using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The senders that recipients are remembered to have got.</summary>
[ApiController]
[Route("emulator/v1/StickySenders")]
[Tags("Emulator")]
internal sealed class StickySendersController(MessagingDb db) : ControllerBase
{
    /// <summary>
    /// Lists sticky senders, the latest to be remembered first; also those of Messaging Services that have sticky
    /// sender off.
    /// </summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] StickySenderFilter filter, CancellationToken cancellation)
    {
        var listing = await filter.Apply(StickySenderResource.Query(db, User.AccountSid()))
            .ReadAsync(PageRequest.Read(Request), sticky => sticky.Ordinal, sticky => sticky.MessagingServiceSid,
                cancellation);
        return Ok(PageV1.Of(Request, "sticky_senders", listing, StickySenderResource.Of));
    }
}
