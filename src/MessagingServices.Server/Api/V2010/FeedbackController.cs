using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Outbound;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V2010;

/// <summary>What the application says of a message.</summary>
[ApiController]
[Route("2010-04-01/Accounts/{AccountSid}/Messages/{messageSid}/Feedback.json")]
[Tags("2010 Messages")]
internal sealed class FeedbackController(RecordFeedback recordFeedback) : ControllerBase
{
    /// <summary>Says whether the recipient acted; the last that is said holds.</summary>
    [HttpPost]
    [ProducesResponseType<FeedbackResource>(StatusCodes.Status200OK)]
    public async Task<ObjectResult> Create(Sid messageSid, [FromForm] CreateFeedbackForm form, CancellationToken cancellation) =>
        Ok(FeedbackResource.Of(
            await recordFeedback.RecordAsync(User.AccountSid(), messageSid, form.Outcome.OrKeep(FeedbackOutcome.Confirmed), cancellation)
            ?? throw this.NotFoundError()));
}
