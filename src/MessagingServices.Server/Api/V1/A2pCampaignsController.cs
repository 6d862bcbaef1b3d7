using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.V1;

/// <summary>
/// The US A2P campaign of a Messaging Service: register, list, fetch, change, delete; and the use cases of campaigns.
/// </summary>
[ApiController]
[Route("v1/Services/{serviceSid}/Compliance/Usa2p")]
[Tags("v1 Services: Compliance")]
internal sealed class A2pCampaignsController(
    MessagingDb db, A2pCampaignUseCases useCases, EmulatorClock clock) : ControllerBase
{
    private const string ApiVersion = "X-Twilio-Api-Version";

    /// <summary>
    /// Registers a campaign; a Messaging Service has one. With a brand that is registered here it is reviewed, else it
    /// is verified at once.
    /// </summary>
    /// <param name="serviceSid">The SID of the Messaging Service.</param>
    /// <param name="form">The campaign.</param>
    /// <param name="apiVersion">With any value the response has privacy_policy_url and terms_and_conditions_url
    /// too.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpPost]
    [ProducesResponseType<A2pCampaignResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        Sid serviceSid, [FromForm] CreateA2pCampaignForm form, [FromHeader(Name = ApiVersion)] string? apiVersion,
        CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, Resource(await useCases.RegisterAsync(User.AccountSid(), serviceSid,
            Sid.Parse(form.BrandRegistrationSid!), form.UsAppToPersonUsecase!, form.ApplyTo, cancellation),
                apiVersion));

    /// <summary>Lists the campaigns of a Messaging Service: one or none.</summary>
    /// <param name="serviceSid">The SID of the Messaging Service.</param>
    /// <param name="apiVersion">With any value the response has privacy_policy_url and terms_and_conditions_url
    /// too.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(
        Sid serviceSid, [FromHeader(Name = ApiVersion)] string? apiVersion, CancellationToken cancellation)
    {
        var page = PageRequest.Read(Request);
        await this.RequireServiceAsync(db, serviceSid, cancellation);
        var listing = await Campaigns(serviceSid)
            .ReadAsync(page, campaign => campaign.Ordinal, campaign => campaign.Sid, cancellation);
        // There is at most one.
        Dictionary<Sid, CampaignOfBrand> withBrands = [];
        foreach (var campaign in listing.Items)
            withBrands.Add(campaign.Sid, await db.WithBrandAsync(campaign, cancellation));
        return Ok(PageV1.Of(
            Request, "compliance", listing, campaign => Resource(withBrands[campaign.Sid], apiVersion)));
    }

    /// <summary>Lists the use cases of campaigns.</summary>
    [HttpGet("Usecases")]
    [ProducesResponseType<A2pUsecases>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Usecases(
        Sid serviceSid, [FromQuery] ListA2pUsecasesForm form, CancellationToken cancellation)
    {
        await this.RequireServiceAsync(db, serviceSid, cancellation);
        return Ok(A2pUsecases.All);
    }

    /// <summary>Fetches the campaign of a Messaging Service.</summary>
    /// <param name="serviceSid">The SID of the Messaging Service.</param>
    /// <param name="sid">The SID of the campaign.</param>
    /// <param name="apiVersion">With any value the response has privacy_policy_url and terms_and_conditions_url
    /// too.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpGet("{sid}")]
    [ProducesResponseType<A2pCampaignResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(
        Sid serviceSid, Sid sid, [FromHeader(Name = ApiVersion)] string? apiVersion, CancellationToken cancellation) =>
        Ok(Resource(
            await Campaigns(serviceSid).AsNoTracking()
                .SingleOrDefaultAsync(campaign => campaign.Sid == sid, cancellation) is { } found
                ? await db.WithBrandAsync(found, cancellation) : null, apiVersion));

    /// <summary>Changes the campaign of a Messaging Service, and submits it again when it has failed.</summary>
    /// <param name="serviceSid">The SID of the Messaging Service.</param>
    /// <param name="sid">The SID of the campaign.</param>
    /// <param name="form">The new settings.</param>
    /// <param name="apiVersion">With any value the response has privacy_policy_url and terms_and_conditions_url
    /// too.</param>
    /// <param name="cancellation">Cancels the request.</param>
    [HttpPost("{sid}")]
    [ProducesResponseType<A2pCampaignResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Update(Sid serviceSid, Sid sid, [FromForm] UpdateA2pCampaignForm form,
        [FromHeader(Name = ApiVersion)] string? apiVersion, CancellationToken cancellation) =>
        Ok(Resource(
            await useCases.UpdateAsync(User.AccountSid(), serviceSid, sid, form.ApplyTo, cancellation), apiVersion));

    /// <summary>Deletes the campaign; its Messaging Service is not registered any more.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(
        Sid serviceSid, Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.DeleteAsync(User.AccountSid(), serviceSid, sid, cancellation));

    private IQueryable<A2pCampaign> Campaigns(Sid service) =>
        db.A2pCampaigns.Where(
            campaign => campaign.MessagingServiceSid == service && campaign.AccountSid == User.AccountSid());

    private A2pCampaignMembers Resource(CampaignOfBrand? campaign, string? apiVersion) =>
        A2pCampaignResource.Of(
            campaign ?? throw this.NotFoundError(), clock.Now(User.AccountSid()), Request, apiVersion);
}
