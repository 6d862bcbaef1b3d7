using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Emulator;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Why the signature of a webhook is refused.</summary>
[ApiController]
[Route("emulator/v1/SignatureChecks")]
[Tags("Emulator")]
internal sealed class SignatureChecksController(CheckSignature useCase) : ControllerBase
{
    /// <summary>
    /// Checks the <c>X-Twilio-Signature</c> of a request that an application has received. If it does not fit, the
    /// response names what would make it fit: another spelling of the URL or the body, or another Auth Token. Nothing
    /// is stored.
    /// </summary>
    [HttpPost]
    [ProducesResponseType<SignatureCheckResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Create([FromForm] SignatureCheckForm form, CancellationToken cancellation)
    {
        var caller = (Caller)User;
        var request = form.Request;
        var result = await useCase.RunAsync(
            caller.Account, request, form.Signature!, string.IsNullOrEmpty(form.AuthToken) ? null : form.AuthToken,
            cancellation);
        return Ok(SignatureCheckResource.Of(result, request, caller.Credential));
    }
}
