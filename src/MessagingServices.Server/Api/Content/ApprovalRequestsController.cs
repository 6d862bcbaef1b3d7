using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Content;

/// <summary>WhatsApp's approval of a content template.</summary>
[ApiController]
[Route("content/v1/Content/{contentSid}/ApprovalRequests")]
[Tags("Content v1")]
internal sealed class ApprovalRequestsController(
    MessagingDb db, ContentTemplateUseCases useCases, ContentApprovals approvals) : ControllerBase
{
    /// <summary>
    /// Asks WhatsApp to approve the template. The request is <c>received</c>, then <c>pending</c>, then
    /// <c>approved</c>, as the emulator's clock goes.
    /// </summary>
    [HttpPost("whatsapp")]
    [ProducesResponseType<ApprovalResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        Sid contentSid, [FromJson] CreateApprovalForm form, CancellationToken cancellation)
    {
        var template = this.Existing(await useCases.SubmitAsync(
            User.AccountSid(), contentSid, form.Name!, form.Category!.ToUpperInvariant(),
            form.AllowCategoryChange ?? true, cancellation));
        return StatusCode(
            StatusCodes.Status201Created, ApprovalResource.Of(template, approvals.Of(template)));
    }

    /// <summary>Fetches the approval.</summary>
    [HttpGet]
    [ProducesResponseType<ApprovalsResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid contentSid, CancellationToken cancellation)
    {
        var template = this.Existing(await db.ContentTemplates.AsNoTracking().SingleOrDefaultAsync(
            template => template.Sid == contentSid && template.AccountSid == User.AccountSid(), cancellation));
        return Ok(ApprovalsResource.Of(template, approvals.Of(template), Request));
    }
}
