using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>
/// The conversation services of an account: list, fetch. It has exactly one. Without the host
/// <c>conversations.twilio.com</c>, the prefix <c>/conversations</c> distinguishes the list from Messaging Services.
/// </summary>
[ApiController]
[Route("conversations/v1/Services")]
[Tags("Conversations v1")]
internal sealed class ServicesController(MessagingDb db) : ControllerBase
{
    /// <summary>Lists the only service.</summary>
    [HttpGet]
    [ProducesResponseType<PageV1>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> List(CancellationToken cancellation)
    {
        var page = PageRequest.Read(Request, ConversationFormRules.MaxPageSize);
        var listing = new Listing<Account>(page, [await AccountAsync(cancellation)], Previous: null, Next: null);
        return Ok(PageV1.Of(Request, "services", listing, account => ServiceResource.Of(account, Request)));
    }

    /// <summary>Fetches the only service.</summary>
    [HttpGet("{sid}")]
    [ProducesResponseType<ServiceResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Fetch(Sid sid, CancellationToken cancellation) =>
        sid == ChatService.Of(User.AccountSid())
            ? Ok(ServiceResource.Of(await AccountAsync(cancellation), Request))
            : throw this.NotFoundError();

    private Task<Account> AccountAsync(CancellationToken cancellation) =>
        db.Accounts.AsNoTracking().SingleAsync(account => account.Sid == User.AccountSid(), cancellation);
}
