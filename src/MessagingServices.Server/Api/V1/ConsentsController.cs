using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// The consents of recipients, as applications know them. Source:
/// https://www.twilio.com/docs/messaging/features/consent-api.
/// </summary>
[ApiController]
[Route("accounts/v1/Consents")]
[Tags("v1 Consents")]
internal sealed class ConsentsController(OptOutUseCases useCases) : ControllerBase
{
    /// <summary>
    /// Opts recipients in or out, whatever keywords they have sent. The response lists the errors of each wrong item.
    /// All other items take effect at once.
    /// </summary>
    [HttpPost("Bulk")]
    [ProducesResponseType<BulkConsentsResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create([FromForm] BulkConsentsForm form, CancellationToken cancellation)
    {
        var items = form.ToItems();
        var errors = await useCases.RecordConsentsAsync(User.AccountSid(), items, cancellation);
        return StatusCode(StatusCodes.Status201Created, new BulkConsentsResource
        {
            Items = [.. items.Zip(errors, ConsentResultResource.Of)],
        });
    }
}
