using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Errors;

/// <summary>
/// The first and the last of every request: gives it its SID, and turns exceptions, and error statuses without a body,
/// into Twilio's errors. A database that cannot be used at the moment gives 503. An unexpected exception is logged, and
/// the response is 500 without details.
/// </summary>
internal sealed partial class ErrorMiddleware(
    RequestDelegate next, SidSource sids, DatabaseOutage outage, TimeProvider time, ILogger<ErrorMiddleware> logger)
{
    private const int MaxLoggedPath = 256;

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
        catch (TwilioException refused)
        {
            error = refused.ApiError;
        }
        catch (BadHttpRequestException bad)
        {
            error = bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? MessagingError.TooLarge.ToApiError()
                : MessagingError.BadParameter.ToApiError("The request could not be read");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has closed the connection.
            return;
        }
        catch (Exception failure) when (DatabaseErrors.IsTransient(failure))
        {
            outage.Failed(failure);
            error = MessagingError.Unavailable.ToApiError();
        }
        catch (Exception unexpected)
        {
            LogUnexpected(context.Request.Method, LoggedPath(context), facts.Id, unexpected);
            error = MessagingError.InternalError.ToApiError();
        }

        if (error is null) return;
        // Overload and outages have lines of their own: one for each request would be too many.
        if (error.Error.HttpStatus is (< 500 or StatusCodes.Status501NotImplemented)
            and not StatusCodes.Status429TooManyRequests)
        {
            LogRefused(
                context.Request.Method, LoggedPath(context), error.Error.HttpStatus, error.Error.Code, facts.Id);
        }

        await ErrorRenderer.WriteAsync(context, error);
    }

    // Escaped: a line break in it would let a caller write lines of the log. Cut: a caller can send a path of any size.
    private static string LoggedPath(HttpContext context)
    {
        var path = context.Request.Path.ToUriComponent();
        return path.Length > MaxLoggedPath ? path[..MaxLoggedPath] : path;
    }

    [LoggerMessage(LogLevel.Information, "{Method} {Path} gets {Status}, error {Code} ({RequestId})")]
    private partial void LogRefused(string method, string path, int status, int code, Sid requestId);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed ({RequestId})")]
    private partial void LogUnexpected(string method, string path, Sid requestId, Exception failure);
}
