using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Inbound;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Messages from handsets to the account's senders.</summary>
[ApiController]
[Route("emulator/v1/InboundMessages")]
[Tags("Emulator")]
internal sealed class InboundMessagesController(ReceiveMessage receiveMessage) : ControllerBase
{
    /// <summary>
    /// Sends a message from a handset. Responds when it is stored and its opt-out or opt-in is in effect; webhooks and
    /// replies follow. For a message that the Messaging Service drops, the response is the same, and a later fetch is
    /// 404. Parameters that only some channels have, such as <c>ButtonPayload</c>, <c>ProfileName</c> or
    /// <c>Latitude</c>, are handed to the webhook as they are. A WhatsApp message opens the 24-hour window of its
    /// handset.
    /// </summary>
    [HttpPost]
    [TakesFiles(nameof(CreateInboundMessageForm.MediaUrl), MediaRules.MaxBytes)]
    [ProducesResponseType<MessageResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create([FromForm] CreateInboundMessageForm form, CancellationToken cancellation) =>
        StatusCode(
            StatusCodes.Status201Created,
            MessageResource.Of(await receiveMessage.ReceiveAsync(
                form.ToNewInboundMessage(
                    User.AccountSid(), Request.Form, UploadedFiles.Of(HttpContext, nameof(form.MediaUrl))),
                cancellation)));
}
