using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Emulator;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The sender that a message would get.</summary>
[ApiController]
[Route("emulator/v1/SenderSelections")]
[Tags("Emulator")]
internal sealed class SenderSelectionsController(PreviewSenderSelection preview) : ControllerBase
{
    /// <summary>
    /// Selects a sender as for a message, and shows each step with every sender. The server sends and stores nothing.
    /// </summary>
    [HttpPost]
    [ProducesResponseType<PreviewResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Preview([FromForm] PreviewSelectionForm form, CancellationToken cancellation) =>
        Ok(new PreviewResource
    {
        SenderSelection = SenderSelectionResource.Of(
            await preview.PreviewAsync(form.ToOutboundMessage(User.AccountSid()), cancellation)),
    });
}
