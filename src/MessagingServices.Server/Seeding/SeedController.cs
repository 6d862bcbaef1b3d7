using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Seeding;

/// <summary>Fills an account with numbers, senders and Messaging Services.</summary>
[ApiController]
[Route("emulator/v1/Seed")]
[Tags("Emulator")]
internal sealed class SeedController(SeedOfRequest seed) : ControllerBase
{
    /// <summary>
    /// Adds what the account does not have yet: phone numbers by their number, short codes, senders by their sender ID,
    /// Messaging Services by their friendly name. What it has is kept as it is, with its pool. Everything is added, or
    /// nothing: then the error names the member at fault.
    /// </summary>
    [HttpPost(Name = "SeedAccount")]
    [WithoutDeadline]
    [ProducesResponseType<SeedResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Apply(
        [FromJson(BinderType = typeof(SeedBodyBinder))] SeedBody body, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created,
            await seed.ApplyAsync(User.AccountSid(), body, Request, cancellation));
}
