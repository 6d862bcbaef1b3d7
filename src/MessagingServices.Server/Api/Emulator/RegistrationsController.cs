using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The states of registrations, which at Twilio only others decide.</summary>
[ApiController]
[Route("emulator/v1/Registrations")]
[Tags("Emulator")]
internal sealed class RegistrationsController(ContentTemplateUseCases contents, ContentApprovals approvals)
    : ControllerBase
{
    /// <summary>
    /// Sets the state of WhatsApp's approval of a content template (prefix HX). It stays until it is set again, or the
    /// template is submitted or changed.
    /// </summary>
    [HttpPost("{sid}")]
    [ProducesResponseType<ApprovalsResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Force(
        Sid sid, [FromForm] ForceRegistrationForm form, CancellationToken cancellation)
    {
        var template = this.Existing(await contents.ForceApprovalAsync(
            User.AccountSid(), sid, form.Approval(), form.Reason ?? "", cancellation));
        return Ok(ApprovalsResource.Of(template, approvals.Of(template), Request));
    }
}
