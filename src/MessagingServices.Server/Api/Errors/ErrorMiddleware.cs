using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Errors;

/// <summary>
/// The first and the last of every request: gives it its SID, and turns exceptions, and error statuses without a body,
/// into Twilio's errors. A database that cannot be used at the moment gives 503. An unexpected exception is logged, and
/// the response is 500 without details.
/// </summary>
internal sealed class ErrorMiddleware(
    RequestDelegate next, SidSource sids, FailedRequests failures, TimeProvider time)
{
    /// <summary>Runs the rest of the pipeline.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var facts = new RequestFacts(sids.New(SidPrefix.Request), time);
        context.Features.Set(facts);
        ApiError? error = null;
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400 }) error = ErrorRenderer.ForStatus(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has closed the connection.
            return;
        }
        catch (Exception failure)
        {
            error = failures.ErrorOf(context, failure);
        }

        if (error is null) return;
        failures.LogRefused(context, FailedRequests.LoggedPath(context), error);
        await ErrorRenderer.WriteAsync(context, error);
    }
}
