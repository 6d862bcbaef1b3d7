using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Content;

/// <summary>The account's content templates: create, list, fetch, change, delete. The body is JSON.</summary>
[ApiController]
[Route("content/v1/Content")]
[Tags("Content v1")]
internal sealed class ContentController(MessagingDb db, ContentTemplateUseCases useCases) : ControllerBase
{
    /// <summary>Creates a template.</summary>
    [HttpPost]
    [ProducesResponseType<ContentResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        [FromJson] CreateContentForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created,
            ContentResource.Of(await useCases.CreateAsync(User.AccountSid(), form.ToTemplate, cancellation), Request));

    /// <summary>Lists the templates, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(CancellationToken cancellation)
    {
        var listing = await Templates.ReadAsync(
            PageRequest.Read(Request), template => template.Ordinal, template => template.Sid, cancellation);
        return Ok(PageV1.Of(Request, "contents", listing, template => ContentResource.Of(template, Request)));
    }

    /// <summary>Fetches a template.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<ContentResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        Ok(ContentResource.Of(this.Existing(await Templates.AsNoTracking()
            .SingleOrDefaultAsync(template => template.Sid == sid, cancellation)), Request));

    /// <summary>
    /// Changes a template. Afterwards it is unsubmitted: WhatsApp must approve what it says now. Messages that were
    /// sent with it keep their text and media.
    /// </summary>
    [HttpPut("{sid}")]
    [ProducesResponseType<ContentResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        Sid sid, [FromJson] UpdateContentForm form, CancellationToken cancellation) =>
        Ok(ContentResource.Of(
            this.Existing(await useCases.UpdateAsync(User.AccountSid(), sid, form.ApplyTo, cancellation)), Request));

    /// <summary>Deletes a template. Messages that were sent with it keep their text and media.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.DeleteAsync(User.AccountSid(), sid, cancellation));

    private IQueryable<ContentTemplate> Templates =>
        db.ContentTemplates.Where(template => template.AccountSid == User.AccountSid());
}
