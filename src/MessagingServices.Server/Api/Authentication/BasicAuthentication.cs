using MessagingServices.Server.Api.Errors;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Authorization;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>
/// HTTP Basic with Account SID and Auth Token, or an API key and its secret, for all endpoints that do not allow
/// anonymous requests; or the cookie of the console. The account in a 2010 path must be the caller's own or its
/// subaccount; another one's, known or not, is refused as if it did not exist. Source:
/// https://www.twilio.com/docs/usage/requests-to-twilio#credentials.
/// </summary>
/// <remarks>
/// It replaces the framework's authentication and authorization. They look up schemes, policies and handlers on every
/// request: a ninth of the server's work to accept a message.
/// </remarks>
internal sealed class BasicAuthentication(
    RequestDelegate next, Callers callers, AccountRequests requests, FailedSignIns failures)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Basic";

    /// <summary>Refuses the request, or calls the rest of the pipeline with its <see cref="Caller"/>.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null) return next(context);
        var check = callers.FindAsync(context);
        // Nearly always, since accounts are remembered; then there is nothing to wait for.
        return check.IsCompletedSuccessfully ? Continue(context, check.Result) : ContinueAsync(context, check);
    }

    private async Task ContinueAsync(HttpContext context, ValueTask<(Caller? Caller, ApiError? Error)> check) =>
        await Continue(context, await check);

    private Task Continue(HttpContext context, (Caller? Caller, ApiError? Error) check)
    {
        if (check.Caller is not { } caller) return Refuse(context, check.Error!);
        context.User = caller;
        return ServeAsync(context, caller.AccountSid);
    }

    private async Task ServeAsync(HttpContext context, Sid account)
    {
        RequestFacts.Of(context).Concurrent = requests.Begin(account);
        try
        {
            await next(context);
        }
        finally
        {
            requests.End(account);
        }
    }

    private Task Refuse(HttpContext context, ApiError error)
    {
        if (error.Error.HttpStatus == StatusCodes.Status401Unauthorized && error.Error != MessagingError.NoCredentials)
            failures.Add(context.Connection.RemoteIpAddress, RequestFacts.Of(context).Id);
        return ErrorRenderer.WriteAsync(context, error);
    }
}
