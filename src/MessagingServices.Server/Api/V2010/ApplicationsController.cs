using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The account's applications: create, list, fetch, change, delete.</summary>
[ApiController]
[Route("2010-04-01/Accounts/{AccountSid}/Applications")]
[Tags("2010 Applications")]
internal sealed class ApplicationsController(MessagingDb db, ApplicationUseCases useCases) : ControllerBase
{
    /// <summary>Creates an application.</summary>
    [HttpPost("/2010-04-01/Accounts/{AccountSid}/Applications.json")]
    [ProducesResponseType<ApplicationResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        [FromForm] CreateApplicationForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created,
            ApplicationResource.Of(await useCases.CreateAsync(User.AccountSid(), form.ApplyTo, cancellation)));

    /// <summary>Lists the account's applications, newest first.</summary>
    [HttpGet("/2010-04-01/Accounts/{AccountSid}/Applications.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] ApplicationFilter filter, CancellationToken cancellation)
    {
        var listing = await filter
            .Apply(db.Applications.Where(application => application.AccountSid == User.AccountSid()))
            .ReadAsync(
                PageRequest.Read(Request), application => application.Ordinal, application => application.Sid,
                cancellation);
        return Ok(Page2010.Of(Request, "applications", "Application", listing, ApplicationResource.Of));
    }

    /// <summary>Fetches an application.</summary>
    [HttpGet("{sid}.json")]
    [ProducesResponseType<ApplicationResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        Found(await db.Applications.AsNoTracking().SingleOrDefaultAsync(
            application => application.Sid == sid && application.AccountSid == User.AccountSid(), cancellation));

    /// <summary>Changes an application. An absent parameter keeps its value, an empty one clears it.</summary>
    [HttpPost("{sid}.json")]
    [ProducesResponseType<ApplicationResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        Sid sid, [FromForm] UpdateApplicationForm form, CancellationToken cancellation) =>
        Found(await useCases.UpdateAsync(User.AccountSid(), sid, form.ApplyTo, cancellation));

    /// <summary>Deletes an application, and takes it from the phone numbers that refer to it.</summary>
    [HttpDelete("{sid}.json")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.DeleteAsync(User.AccountSid(), sid, cancellation));

    private OkObjectResult Found(Application? application) =>
        Ok(ApplicationResource.Of(this.Existing(application)));
}
