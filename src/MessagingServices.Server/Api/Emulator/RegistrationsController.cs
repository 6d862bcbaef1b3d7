using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The decisions about registrations, which at Twilio others make.</summary>
[ApiController]
[Route("emulator/v1/Registrations")]
[Tags("Emulator")]
internal sealed class RegistrationsController(
    BrandUseCases brands, A2pCampaignUseCases campaigns, TollfreeVerificationUseCases tollfree,
    ContentTemplateUseCases contents, EmulatorClock clock)
    : ControllerBase
{
    /// <summary>
    /// Forces the status of a brand (BN), a vetting (VT), a campaign (QE), a toll-free verification (HH) or WhatsApp's
    /// approval of a content template (HX). It stays until another one is forced, or the registration is submitted
    /// again. The response is the resource.
    /// </summary>
    [HttpPost("{sid}")]
    [ProducesResponseType<object>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Force(
        Sid sid, [FromForm] ForceRegistrationForm form, [FromServices] ContentApprovals approvals,
        CancellationToken cancellation)
    {
        var (account, forced, now) = (User.AccountSid(), form.ToStatus(), clock.Now(User.AccountSid()));
        return Ok(sid.Prefix switch
        {
            SidPrefix.BrandRegistration => BrandResource.Of(
                this.Existing(await brands.ForceAsync(account, sid, forced, cancellation)), now, Request),
            SidPrefix.BrandVetting => BrandVettingResource.Of(
                this.Existing(await brands.ForceVettingAsync(account, sid, forced, cancellation)), now, Request),
            SidPrefix.A2pCampaign => A2pCampaignResource.Of(
                this.Existing(await campaigns.ForceAsync(account, sid, forced, cancellation)), now, Request),
            SidPrefix.TollfreeVerification => (object)TollfreeVerificationResource.Of(
                this.Existing(await tollfree.ForceAsync(account, sid, forced, cancellation)), now, Request),
            SidPrefix.ContentTemplate => Approvals(
                this.Existing(await contents.ForceApprovalAsync(account, sid, forced, cancellation))),
            _ => throw this.NotFoundError(),
        });

        ApprovalsResource Approvals(ContentTemplate template) =>
            ApprovalsResource.Of(template, approvals.Of(template), Request);
    }
}
