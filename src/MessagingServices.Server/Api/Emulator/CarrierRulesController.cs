using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>How the simulated carrier treats the account's messages: create, list, fetch, delete.</summary>
[ApiController]
[Route("emulator/v1/CarrierRules")]
[Tags("Emulator")]
internal sealed class CarrierRulesController(MessagingDb db, CarrierRuleUseCases useCases) : ControllerBase
{
    /// <summary>
    /// Adds a rule. The newest matching rule that sets an outcome decides the outcome of a message. The same holds for
    /// its delay and for each ability of the handset.
    /// </summary>
    [HttpPost]
    [ProducesResponseType<CarrierRuleResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        [FromForm] CreateCarrierRuleForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created,
            CarrierRuleResource.Of(
                await useCases.CreateAsync(User.AccountSid(), form.Configure, cancellation), Request));

    /// <summary>Lists the rules, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(CancellationToken cancellation)
    {
        var listing = await Rules.ReadAsync(
            PageRequest.Read(Request), rule => rule.Ordinal, rule => rule.Sid, cancellation);
        return Ok(PageV1.Of(Request, "carrier_rules", listing, rule => CarrierRuleResource.Of(rule, Request)));
    }

    /// <summary>Fetches a rule.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<CarrierRuleResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        Ok(CarrierRuleResource.Of(await Rules.AsNoTracking().SingleOrDefaultAsync(rule => rule.Sid == sid, cancellation)
            ?? throw this.NotFoundError(), Request));

    /// <summary>Deletes a rule. Its decisions for messages that are already with the carrier stay.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.DeleteAsync(User.AccountSid(), sid, cancellation));

    private IQueryable<CarrierRule> Rules => db.CarrierRules.Where(rule => rule.AccountSid == User.AccountSid());
}
