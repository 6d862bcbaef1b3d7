
namespace MessagingServices.Server.Api.Errors;

/// <summary>
/// The last resort: turns exceptions, and error statuses without a body, into Twilio's errors. A database that cannot
/// be used at the moment gives 503. An unexpected exception is logged, and the response is 500 without details.
/// </summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    /// <summary>Runs the rest of the pipeline.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
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
        catch (Exception outage) when (TransientErrors.IsTransient(outage))
        {
            LogOutage(context.Request.Method, LoggedPath(context), outage.GetBaseException().Message);
            error = MessagingError.Unavailable.ToApiError();
        }
        catch (Exception unexpected)
        {
            LogUnexpected(context.Request.Method, LoggedPath(context), unexpected);
            error = MessagingError.InternalError.ToApiError();
        }

        if (error is not null) await ErrorRenderer.WriteAsync(context, error);
    }

    // Escaped: a line break in it would let a caller write lines of the log.
    private static string LoggedPath(HttpContext context) => context.Request.Path.ToUriComponent();

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} gets 503, since the database cannot be used: {Reason}")]
    private partial void LogOutage(string method, string path, string reason);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogUnexpected(string method, string path, Exception failure);
}
