using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Content;

/// <summary>The search for content templates, and the templates of before there were any.</summary>
[ApiController]
[Tags("Content v2")]
internal sealed class ContentSearchController(MessagingDb db, ContentApprovals approvals) : ControllerBase
{
    /// <summary>Searches the templates.</summary>
    [HttpGet("/content/v2/Content")]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Search([FromQuery] ContentSearch search, CancellationToken cancellation)
    {
        var listing = await search.ReadAsync(
            db, User.AccountSid(), PageRequest.Read(Request), approvals.Of, cancellation);
        return Ok(PageV1.Of(Request, "contents", listing, template => ContentResource.Of(template, Request)));
    }

    /// <summary>
    /// Lists WhatsApp templates of before the Content API, with the content templates that replace them. An account
    /// has none here, so the list is empty.
    /// </summary>
    [HttpGet("/content/v1/LegacyContent")]
    [Tags("Content v1")]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public ObjectResult ListLegacy() => Ok(PageV1.Of(
        Request, "contents", new Listing<ContentTemplate>(PageRequest.Read(Request), [], null, null),
        template => ContentResource.Of(template, Request)));
}
