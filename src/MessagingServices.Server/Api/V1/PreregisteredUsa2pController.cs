using FluentValidation;
using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V1;

/// <summary>Links campaigns that were registered at The Campaign Registry itself.</summary>
[ApiController]
[Route("v1/Services/PreregisteredUsa2p")]
[Tags("v1 Services: Compliance")]
internal sealed class PreregisteredUsa2pController(A2pCampaignUseCases useCases) : ControllerBase
{
    /// <summary>Links a campaign to a Messaging Service, which has none. It is verified.</summary>
    [HttpPost]
    [ProducesResponseType<PreregisteredUsa2pResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create([FromForm] PreregisteredUsa2pForm form, CancellationToken cancellation)
    {
        var campaign = await useCases.LinkAsync(
            User.AccountSid(), Sid.Parse(form.MessagingServiceSid!), form.CampaignId!, cancellation);
        return StatusCode(StatusCodes.Status201Created, new PreregisteredUsa2pResource(
            campaign.Sid, campaign.AccountSid, campaign.CampaignId, campaign.MessagingServiceSid,
            new(campaign.DateCreated)));
    }
}

/// <summary>A campaign that was registered elsewhere, linked to a Messaging Service.</summary>
/// <param name="Sid">SID with the prefix QE: the campaign's in <c>Compliance/Usa2p</c> too.</param>
/// <param name="AccountSid">The account that owns it.</param>
/// <param name="CampaignId">The campaign at The Campaign Registry.</param>
/// <param name="MessagingServiceSid">The Messaging Service that it registers.</param>
/// <param name="DateCreated">When it was linked; ISO 8601.</param>
internal sealed record PreregisteredUsa2pResource(
    Sid Sid, Sid AccountSid, string CampaignId, Sid MessagingServiceSid, Iso8601Date DateCreated);

/// <summary>The campaign that is linked.</summary>
internal sealed record PreregisteredUsa2pForm
{
    /// <summary>The campaign at The Campaign Registry, at most 64 characters. Required.</summary>
    public string? CampaignId { get; init; }

    /// <summary>The Messaging Service that the campaign registers. Required.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>Whether the campaign moves from another provider; without effect.</summary>
    public string? CnpMigration { get; init; }
}

/// <summary>The rules for a campaign that is linked.</summary>
internal sealed class PreregisteredUsa2pRules : AbstractValidator<PreregisteredUsa2pForm>
{
    private const int MaxCampaignId = 64;

    public PreregisteredUsa2pRules()
    {
        RuleFor(form => form.CampaignId).Required(nameof(PreregisteredUsa2pForm.CampaignId));
        RuleFor(form => form.MessagingServiceSid).Required(nameof(PreregisteredUsa2pForm.MessagingServiceSid));
        RuleFor(form => form.CampaignId).AtMost(nameof(PreregisteredUsa2pForm.CampaignId), MaxCampaignId);
        RuleFor(form => form.MessagingServiceSid)
            .Must(sid => Sid.TryParseAs(SidPrefix.MessagingService, sid, out _))
            .ToApiError(MessagingError.MalformedService);
        RuleFor(form => form.CnpMigration).Boolean(nameof(PreregisteredUsa2pForm.CnpMigration));
    }
}
