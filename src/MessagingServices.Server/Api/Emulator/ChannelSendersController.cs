using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The approval of RCS senders, which at Twilio only carriers decide.</summary>
[ApiController]
[Route("emulator/v1/ChannelSenders")]
[Tags("Emulator")]
internal sealed class ChannelSendersController(ChannelSenderUseCases useCases) : ControllerBase
{
    /// <summary>
    /// Sets the countries that an RCS sender is approved for. A pool that it is in keeps the list as it was when the
    /// sender joined.
    /// </summary>
    [HttpPost("{sid}")]
    [ProducesResponseType<ChannelSenderResource>(StatusCodes.Status200OK)]
    public async Task<OkObjectResult> Approve(
        Sid sid, [FromForm] ApproveChannelSenderForm form, CancellationToken cancellation) =>
        Ok(ChannelSenderResource.Of(await useCases.UpdateAsync(User.AccountSid(), sid, form.ApplyTo, cancellation)
            ?? throw this.NotFoundError()));
}
