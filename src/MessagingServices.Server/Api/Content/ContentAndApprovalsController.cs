using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Content;

/// <summary>Content templates with their approvals.</summary>
[ApiController]
[Route("content/v1/ContentAndApprovals")]
[Tags("Content v1")]
internal sealed class ContentAndApprovalsController(MessagingDb db, ContentApprovals approvals) : ControllerBase
{
    /// <summary>Lists the templates with their approvals, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(CancellationToken cancellation)
    {
        var listing = await db.ContentTemplates.Where(template => template.AccountSid == User.AccountSid()).ReadAsync(
            PageRequest.Read(Request), template => template.Ordinal, template => template.Sid, cancellation);
        return Ok(PageV1.Of(Request, "contents", listing,
            template => ContentAndApprovalsResource.Of(template, approvals.Of(template))));
    }

    /// <summary>Searches the templates, with their approvals.</summary>
    [HttpGet("/content/v2/ContentAndApprovals")]
    [Tags("Content v2")]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Search([FromQuery] ContentSearch search, CancellationToken cancellation)
    {
        var listing = await search.ReadAsync(
            db, User.AccountSid(), PageRequest.Read(Request), approvals.Of, cancellation);
        return Ok(PageV1.Of(Request, "contents", listing,
            template => ContentAndApprovalsResource.Of(template, approvals.Of(template))));
    }
}
