using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The account's short codes: list, fetch, change. The emulator API creates them.</summary>
[ApiController]
[Route("2010-04-01/Accounts/{AccountSid}/SMS/ShortCodes")]
[Tags("2010 ShortCodes")]
internal sealed class ShortCodesController(MessagingDb db, ShortCodeUseCases useCases) : ControllerBase
{
    /// <summary>Lists the account's short codes, newest first.</summary>
    [HttpGet("/2010-04-01/Accounts/{AccountSid}/SMS/ShortCodes.json")]
    [ProducesResponseType<Page2010>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List([FromQuery] ShortCodeFilter filter, CancellationToken cancellation)
    {
        var listing = await filter.Apply(db.ShortCodes.Where(shortCode => shortCode.AccountSid == User.AccountSid()))
            .ReadAsync(
                PageRequest.Read(Request), shortCode => shortCode.Ordinal, shortCode => shortCode.Sid, cancellation);
        return Ok(Page2010.Of(Request, "short_codes", "ShortCode", listing, ShortCodeResource.Of));
    }

    /// <summary>Fetches a short code.</summary>
    [HttpGet("{sid}.json")]
    [ProducesResponseType<ShortCodeResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        Found(await db.ShortCodes.AsNoTracking()
            .SingleOrDefaultAsync(
                shortCode => shortCode.Sid == sid && shortCode.AccountSid == User.AccountSid(), cancellation));

    /// <summary>Changes a short code. An absent parameter keeps its value, an empty one clears it.</summary>
    [HttpPost("{sid}.json")]
    [ProducesResponseType<ShortCodeResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(
        Sid sid, [FromForm] UpdateShortCodeForm form, CancellationToken cancellation) =>
        Found(await useCases.UpdateAsync(
            User.AccountSid(), sid, form.SmsApplicationSid, form.ApplyTo, cancellation));

    private OkObjectResult Found(ShortCode? shortCode) =>
        Ok(ShortCodeResource.Of(shortCode ?? throw this.NotFoundError()));
}
