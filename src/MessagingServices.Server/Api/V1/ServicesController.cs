using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V1;

/// <summary>Messaging Services: create, list, fetch, update, delete.</summary>
[ApiController]
[Route("v1/Services")]
[Tags("v1 Services")]
internal sealed class ServicesController(
    MessagingDb db, MessagingServiceUseCases useCases, EmulatorClock clock) : ControllerBase
{
    /// <summary>Creates a Messaging Service.</summary>
    [HttpPost]
    [ProducesResponseType<ServiceResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        [FromForm] CreateServiceForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, ServiceResource.Of(
            await useCases.CreateAsync(User.AccountSid(), form.FriendlyName!, form.Configure, cancellation),
            hasCampaign: false, Request));

    /// <summary>Lists Messaging Services, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(CancellationToken cancellation)
    {
        var listing = await db.MessagingServices.Where(service => service.AccountSid == User.AccountSid())
            .ReadAsync(PageRequest.Read(Request), service => service.Ordinal, service => service.Sid, cancellation);
        var sids = listing.Items.Select(service => service.Sid).ToList();
        var registered = await db.FindRegisteredAsync(sids, clock.Now, cancellation);
        return Ok(PageV1.Of(Request, "services", listing,
            service => ServiceResource.Of(service, registered.Contains(service.Sid), Request)));
    }

    /// <summary>Lists the use cases of Messaging Services.</summary>
    [HttpGet("Usecases")]
    [ProducesResponseType<ServiceUsecases>(StatusCodes.Status200OK)]
    public ObjectResult Usecases() => Ok(ServiceUsecases.All);

    /// <summary>Fetches a Messaging Service.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<ServiceResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        await FoundAsync(
            await db.MessagingServices.AsNoTracking().SingleOrDefaultAsync(
                service => service.Sid == sid && service.AccountSid == User.AccountSid(), cancellation),
            cancellation);

    /// <summary>Changes a Messaging Service. An absent parameter keeps its value, an empty one clears a URL.</summary>
    [HttpPost("{sid}")]
    [ProducesResponseType<ServiceResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        Sid sid, [FromForm] UpdateServiceForm form, CancellationToken cancellation) =>
        await FoundAsync(await useCases.UpdateAsync(User.AccountSid(), sid, form.ApplyTo, cancellation), cancellation);

    /// <summary>Deletes a Messaging Service with its sender pool; its numbers and messages stay.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.DeleteAsync(User.AccountSid(), sid, cancellation));

    private async Task<OkObjectResult> FoundAsync(MessagingService? service, CancellationToken cancellation)
    {
        if (service is null) throw this.NotFoundError();
        var registered = await db.FindRegisteredAsync([service.Sid], clock.Now, cancellation);
        return Ok(ServiceResource.Of(service, registered.Count > 0, Request));
    }
}
