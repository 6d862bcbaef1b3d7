using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>A Messaging Service's own keywords and replies, which Twilio has in its Console only.</summary>
[ApiController]
[Route("emulator/v1/Services/{serviceSid}/AdvancedOptOut")]
[Tags("Emulator")]
internal sealed class AdvancedOptOutController(MessagingDb db, OptOutUseCases useCases) : ControllerBase
{
    /// <summary>Shows them; they hold only while they are enabled.</summary>
    [HttpGet]
    [ProducesResponseType<AdvancedOptOutResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid serviceSid, CancellationToken cancellation)
    {
        var account = User.AccountSid();
        if (!await db.MessagingServices.AnyAsync(
            service => service.Sid == serviceSid && service.AccountSid == account, cancellation))
            throw this.NotFoundError();
        return Ok(AdvancedOptOutResource.Of(await db.AdvancedOptOuts.AsNoTracking()
            .SingleOrDefaultAsync(settings => settings.MessagingServiceSid == serviceSid, cancellation)
                ?? new(serviceSid)));
    }

    /// <summary>
    /// Changes the standard keywords and replies, or with IsoCountry or Language those of an override, which is made
    /// when there is none and removed when all of it is empty.
    /// </summary>
    [HttpPost]
    [ProducesResponseType<AdvancedOptOutResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        Sid serviceSid, [FromForm] AdvancedOptOutForm form, CancellationToken cancellation) =>
        Ok(AdvancedOptOutResource.Of(await useCases.UpdateKeywordsAsync(
            User.AccountSid(), serviceSid, form.ApplyTo, cancellation) ?? throw this.NotFoundError()));
}
