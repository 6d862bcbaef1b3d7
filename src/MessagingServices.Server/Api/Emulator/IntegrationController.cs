using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Where the inbound messages of a Messaging Service go. At Twilio, only the Console sets it.</summary>
[ApiController]
[Route("emulator/v1/Services/{sid}/Integration")]
[Tags("Emulator")]
internal sealed class IntegrationController(MessagingDb db, MessagingServiceUseCases useCases) : ControllerBase
{
    /// <summary>Fetches where inbound messages go.</summary>
    [HttpGet]
    [ProducesResponseType<IntegrationResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) => Found(
        await db.MessagingServices.AsNoTracking()
            .SingleOrDefaultAsync(
                service => service.Sid == sid && service.AccountSid == User.AccountSid(), cancellation));

    /// <summary>
    /// Sets where inbound messages go: to the sender's webhook, to the Messaging Service's, or into a conversation.
    /// </summary>
    [HttpPost]
    [ProducesResponseType<IntegrationResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        Sid sid, [FromForm] IntegrationForm form, CancellationToken cancellation) => Found(
        await useCases.UpdateAsync(User.AccountSid(), sid, form.ApplyTo, cancellation));

    private OkObjectResult Found(MessagingService? service) =>
        Ok(IntegrationResource.Of(service ?? throw this.NotFoundError()));
}
