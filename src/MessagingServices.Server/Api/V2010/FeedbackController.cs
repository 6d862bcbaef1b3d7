using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Outbound;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The feedback of the application about a message.</summary>
[ApiController]
[Route("2010-04-01/Accounts/{AccountSid}/Messages/{messageSid}/Feedback.json")]
[Tags("2010 Messages")]
internal sealed class FeedbackController(RecordFeedback recordFeedback) : ControllerBase
{
    /// <summary>Records whether the recipient acted. The last feedback counts.</summary>
    [HttpPost]
    [ProducesResponseType<FeedbackResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Create(
        Sid messageSid, [FromForm] CreateFeedbackForm form, CancellationToken cancellation) =>
        Ok(FeedbackResource.Of(
            await recordFeedback.RecordAsync(
                User.AccountSid(), messageSid, form.Outcome.OrKeep(FeedbackOutcome.Confirmed), cancellation)
            ?? throw this.NotFoundError()));
}
