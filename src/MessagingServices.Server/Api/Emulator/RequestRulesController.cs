using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Faults of the account's requests to Twilio's APIs: create, list, fetch, delete.</summary>
[ApiController]
[Route("emulator/v1/RequestRules")]
[Tags("Emulator")]
internal sealed class RequestRulesController(MessagingDb db, RequestRuleUseCases useCases) : ControllerBase
{
    /// <summary>
    /// Adds a rule. The newest matching rule decides what happens to a request: an error, a delay, or a connection that
    /// breaks before or after the request is done. A rule without an effect lets its requests pass.
    /// </summary>
    [HttpPost]
    [ProducesResponseType<RequestRuleResource>(StatusCodes.Status201Created)]
    public async Task<ObjectResult> Create(
        [FromForm] CreateRequestRuleForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created,
            RequestRuleResource.Of(
                await useCases.CreateAsync(User.AccountSid(), form.Configure, cancellation), Request));

    /// <summary>Lists the rules, newest first.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(CancellationToken cancellation)
    {
        var listing = await Rules.ReadAsync(
            PageRequest.Read(Request), rule => rule.Ordinal, rule => rule.Sid, cancellation);
        return Ok(PageV1.Of(Request, "request_rules", listing, rule => RequestRuleResource.Of(rule, Request)));
    }

    /// <summary>Fetches a rule.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<RequestRuleResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        Ok(RequestRuleResource.Of(this.Existing(
            await Rules.AsNoTracking().SingleOrDefaultAsync(rule => rule.Sid == sid, cancellation)), Request));

    /// <summary>Deletes a rule. Requests that it has delayed already go on as it says.</summary>
    [HttpDelete("{sid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<NoContentResult> Delete(Sid sid, CancellationToken cancellation) =>
        this.Deleted(await useCases.DeleteAsync(User.AccountSid(), sid, cancellation));

    private IQueryable<RequestRule> Rules => db.RequestRules.Where(rule => rule.AccountSid == User.AccountSid());
}
