using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Monitor;

/// <summary>
/// The errors of requests to the application and of its TwiML. They follow from the stored webhooks; nothing else is
/// stored.
/// </summary>
[ApiController]
[Route("monitor/v1/Alerts")]
[Tags("Monitor v1")]
internal sealed class AlertsController(MessagingDb db) : ControllerBase
{
    /// <summary>Lists alerts, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] AlertFilter filter, CancellationToken cancellation)
    {
        var listing = await filter.Apply(Webhooks).ReadAsync(
            PageRequest.Read(Request), webhook => webhook.Ordinal, webhook => webhook.Sid, cancellation);
        return Ok(PageV1.Of(Request, "alerts", listing, webhook => AlertResource.Of(webhook, Request)));
    }

    /// <summary>Fetches an alert, with its request and the response.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<FetchedAlertResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation)
    {
        var found = AlertSids.WebhookOf(sid) is { } webhookSid
            ? await Webhooks.AsNoTracking().SingleOrDefaultAsync(webhook => webhook.Sid == webhookSid, cancellation)
            : null;
        return Ok(FetchedAlertResource.Of(this.Existing(found), Request));
    }

    private IQueryable<Webhook> Webhooks =>
        db.Webhooks.Where(webhook => webhook.AccountSid == User.AccountSid() && webhook.ErrorCode != null);
}
