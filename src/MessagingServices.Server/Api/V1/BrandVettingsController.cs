using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V1;

/// <summary>The vettings of a brand: create, list, fetch.</summary>
[ApiController]
[Route("v1/a2p/BrandRegistrations/{brandSid}/Vettings")]
[Tags("v1 A2P brands")]
internal sealed class BrandVettingsController(
    MessagingDb db, BrandUseCases useCases, EmulatorClock clock) : ControllerBase
{
    /// <summary>Vets an approved standard brand. It succeeds by the emulator's clock.</summary>
    [HttpPost]
    [ProducesResponseType<BrandVettingResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        Sid brandSid, [FromForm] CreateBrandVettingForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, Resource(await useCases.VetAsync(
            User.AccountSid(), brandSid, form.VettingProvider!, form.VettingId.OrKeepNullable(null), cancellation)));

    /// <summary>Lists the vettings of a brand, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(
        Sid brandSid, [FromQuery] BrandVettingFilter filter, CancellationToken cancellation)
    {
        var page = PageRequest.Read(Request);
        var account = User.AccountSid();
        if (!await db.Brands.AnyAsync(brand => brand.Sid == brandSid && brand.AccountSid == account, cancellation))
            throw this.NotFoundError();
        var listing = await filter.Apply(Vettings(brandSid))
            .ReadAsync(page, vetting => vetting.Ordinal, vetting => vetting.Sid, cancellation);
        return Ok(PageV1.Of(Request, "data", listing, Resource));
    }

    /// <summary>Fetches a vetting.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<BrandVettingResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid brandSid, Sid sid, CancellationToken cancellation) =>
        Ok(Resource(await Vettings(brandSid).AsNoTracking()
            .SingleOrDefaultAsync(vetting => vetting.Sid == sid, cancellation)));

    private IQueryable<BrandVetting> Vettings(Sid brand) => db.BrandVettings.Where(
        vetting => vetting.BrandSid == brand && vetting.AccountSid == User.AccountSid());

    private BrandVettingResource Resource(BrandVetting? vetting) =>
        BrandVettingResource.Of(this.Existing(vetting), clock.Now(User.AccountSid()), Request);
}
