using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Wire;
using MessagingServices.Server.Persistence;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The requests that the server owed to the account's applications.</summary>
[ApiController]
[Route("emulator/v1/Webhooks")]
[Tags("Emulator")]
public sealed class WebhooksController(MessagingDb db) : ControllerBase
{
    /// <summary>Lists webhooks, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] WebhookFilter filter, CancellationToken cancellation)
    {
        var webhooks = filter.Apply(db.Webhooks.Where(webhook => webhook.AccountSid == User.AccountSid()));
        var listing = await webhooks.ReadAsync(PageRequest.Read(Request), webhook => webhook.Ordinal, webhook => webhook.Sid, cancellation);
        return Ok(PageV1.Of(Request, "webhooks", listing, WebhookResource.Of));
    }
}
