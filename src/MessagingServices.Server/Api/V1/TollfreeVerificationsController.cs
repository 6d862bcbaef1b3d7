using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V1;

/// <summary>The verifications of toll-free numbers: submit, list, fetch, change, delete.</summary>
[ApiController]
[Route("v1/Tollfree/Verifications")]
[Tags("v1 Toll-free verifications")]
internal sealed class TollfreeVerificationsController(
    MessagingDb db, TollfreeVerificationUseCases useCases, EmulatorClock clock) : ControllerBase
{
    /// <summary>Submits a toll-free number. It is reviewed, and approved by the emulator's clock.</summary>
    [HttpPost]
    [ProducesResponseType<TollfreeVerificationResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        [FromForm] CreateTollfreeVerificationForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, Resource(await useCases.CreateAsync(
            User.AccountSid(), Sid.Parse(form.TollfreePhoneNumberSid!), form.CustomerProfileSid.OrKeepNullable(null),
            form.ExternalReferenceId.OrKeepNullable(null), form.ApplyTo, cancellation)));

    /// <summary>Lists verifications, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(
        [FromQuery] TollfreeVerificationFilter filter, CancellationToken cancellation)
    {
        var listing = await filter.Apply(Verifications(), clock.Now(User.AccountSid()))
            .ReadAsync(
                PageRequest.Read(Request), verification => verification.Ordinal, verification => verification.Sid,
                cancellation);
        return Ok(PageV1.Of(Request, "verifications", listing, Resource));
    }

    /// <summary>Fetches a verification.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<TollfreeVerificationResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        Ok(Resource(await Verifications().AsNoTracking()
            .SingleOrDefaultAsync(verification => verification.Sid == sid, cancellation)));

    /// <summary>
    /// Changes a verification that waits for its review, or that was rejected in the last seven days; the latter is
    /// submitted again.
    /// </summary>
    [HttpPost("{sid}")]
    [ProducesResponseType<TollfreeVerificationResource>(StatusCodes.Status202Accepted)]
    public async Task<ObjectResult> Update(
        Sid sid, [FromForm] UpdateTollfreeVerificationForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status202Accepted,
            Resource(await useCases.UpdateAsync(User.AccountSid(), sid, form.ApplyTo, cancellation)));

    /// <summary>Deletes a verification. Its number is not verified any more.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.DeleteAsync(User.AccountSid(), sid, cancellation));

    private IQueryable<TollfreeVerification> Verifications() =>
        db.TollfreeVerifications.Where(verification => verification.AccountSid == User.AccountSid());

    private TollfreeVerificationResource Resource(TollfreeVerification? verification) =>
        TollfreeVerificationResource.Of(this.Existing(verification), clock.Now(User.AccountSid()), Request);
}
