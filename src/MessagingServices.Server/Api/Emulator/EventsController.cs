using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>What happens in an account, while it happens.</summary>
[ApiController]
[Route("emulator/v1/Events")]
[Tags("Emulator")]
internal sealed class EventsController(AccountCache accounts, EventStreams streams) : ControllerBase
{
    /// <summary>
    /// Streams events as <c>text/event-stream</c>: each has <c>id</c>, <c>event</c> and <c>data</c>, one JSON object
    /// with the fields that a list shows. The event <c>resync</c> says that events are missing: then read again what
    /// you show. A new connection goes on after <c>Last-Event-ID</c>. The stream ends within a second when the account
    /// is suspended, closed or deleted, or the API key revoked.
    /// </summary>
    [HttpGet(Name = "StreamEvents")]
    [WithoutDeadline]
    [WithoutChallenge]
    [Produces("text/event-stream")]
    [ProducesResponseType<string>(StatusCodes.Status200OK)]
    public async Task<EmptyResult> Stream([FromQuery] EventsForm form, CancellationToken cancellation)
    {
        var account = await FindAccountAsync(form, cancellation);
        await streams.WriteAsync(
            HttpContext, account, form.ToFilter(), LastEventId() ?? form.LastEventId, cancellation);
        return new();
    }

    private async Task<Sid> FindAccountAsync(EventsForm form, CancellationToken cancellation)
    {
        var credential = User.Credential();
        if (string.IsNullOrEmpty(form.AccountSid) || form.AccountSid == User.AccountSid().Value)
            return User.AccountSid();
        // An unknown account and one of another owner make no difference.
        if (credential.Kind is not (CredentialKind.AuthToken or CredentialKind.StandardKey)
            || await accounts.FindSubaccountAsync(
                User.AccountSid(), Sid.Parse(form.AccountSid), cancellation) is not { } subaccount)
            throw this.NotFoundError();
        if (subaccount.Status != AccountStatus.Active)
            throw new TwilioException(MessagingError.AccountNotActive.ToApiError());
        return subaccount.Sid;
    }

    [ReadsHeader("Last-Event-ID", "The ID of the last event that the client has: it gets what came after it.")]
    private string? LastEventId() =>
        Request.Headers.TryGetValue("Last-Event-ID", out var id) && id.ToString() is { Length: > 0 } text ? text : null;
}
