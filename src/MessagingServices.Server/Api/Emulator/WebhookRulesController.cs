using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>
/// What goes wrong with the account's webhooks: delayed, doubled, reordered or dropped. Create, list, fetch, delete.
/// </summary>
[ApiController]
[Route("emulator/v1/WebhookRules")]
[Tags("Emulator")]
internal sealed class WebhookRulesController(MessagingDb db, WebhookRuleUseCases useCases) : ControllerBase
{
    /// <summary>
    /// Adds a rule. The newest matching rule decides on a webhook, once, before its first attempt; all its effects
    /// apply.
    /// </summary>
    [HttpPost]
    [ProducesResponseType<WebhookRuleResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        [FromForm] CreateWebhookRuleForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, WebhookRuleResource.Of(
            await useCases.CreateAsync(User.AccountSid(), form.Configure, cancellation)));

    /// <summary>Lists the rules, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(CancellationToken cancellation)
    {
        var listing = await Rules.ReadAsync(
            PageRequest.Read(Request), rule => rule.Ordinal, rule => rule.Sid, cancellation);
        return Ok(PageV1.Of(Request, "webhook_rules", listing, WebhookRuleResource.Of));
    }

    /// <summary>Fetches a rule.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<WebhookRuleResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        Ok(WebhookRuleResource.Of(await Rules.AsNoTracking().SingleOrDefaultAsync(rule => rule.Sid == sid, cancellation)
            ?? throw this.NotFoundError()));

    /// <summary>Deletes a rule. What it has decided on webhooks stays.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.DeleteAsync(User.AccountSid(), sid, cancellation));

    private IQueryable<WebhookRule> Rules => db.WebhookRules.Where(rule => rule.AccountSid == User.AccountSid());
}
