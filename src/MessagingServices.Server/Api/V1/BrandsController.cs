using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V1;

/// <summary>The account's brands: register, list, fetch, submit again, send a one-time password.</summary>
[ApiController]
[Route("v1/a2p/BrandRegistrations")]
[Tags("v1 A2P brands")]
internal sealed class BrandsController(MessagingDb db, BrandUseCases useCases, EmulatorClock clock) : ControllerBase
{
    /// <summary>Registers a brand. It is reviewed, and approved by the emulator's clock.</summary>
    [HttpPost]
    [ProducesResponseType<BrandResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create([FromForm] CreateBrandForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created,
            Resource(await useCases.CreateAsync(User.AccountSid(), form.ToBrand(), cancellation)));

    /// <summary>Lists brands, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(CancellationToken cancellation)
    {
        var listing = await db.Brands.Where(brand => brand.AccountSid == User.AccountSid())
            .ReadAsync(PageRequest.Read(Request), brand => brand.Ordinal, brand => brand.Sid, cancellation);
        return Ok(PageV1.Of(Request, "data", listing, Resource));
    }

    /// <summary>Fetches a brand.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<BrandResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        Ok(Resource(await db.Brands.AsNoTracking().SingleOrDefaultAsync(
            brand => brand.Sid == sid && brand.AccountSid == User.AccountSid(), cancellation)));

    /// <summary>Submits a failed brand again, at most three times.</summary>
    [HttpPost("{sid}")]
    [ProducesResponseType<BrandResource>(StatusCodes.Status202Accepted)]
    public async Task<ObjectResult> Update(Sid sid, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status202Accepted,
            Resource(await useCases.SubmitAgainAsync(User.AccountSid(), sid, cancellation)));

    /// <summary>
    /// Sends the owner of an approved sole proprietor brand a new one-time password. The identity is verified when the
    /// owner answers, by the emulator's clock.
    /// </summary>
    [HttpPost("{brandSid}/SmsOtp")]
    [ProducesResponseType<BrandOtpResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> SendOtp(Sid brandSid, CancellationToken cancellation)
    {
        var brand = this.Existing(await useCases.SendOtpAsync(User.AccountSid(), brandSid, cancellation));
        return StatusCode(StatusCodes.Status201Created, new BrandOtpResource(brand.AccountSid, brand.Sid));
    }

    private BrandResource Resource(Brand? brand) =>
        BrandResource.Of(this.Existing(brand), clock.Now(User.AccountSid()), Request);
}
