
namespace MessagingServices.Server.Api.Errors;

/// <summary>
/// The last resort: turns what was thrown, and bare error statuses, into Twilio's errors. A database that cannot be used just now is
/// 503; what nobody expected is logged and answered with 500 and no detail.
/// </summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    /// <summary>Runs the rest of the pipeline.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        ApiError? refusal = null;
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400 }) refusal = ErrorRenderer.ForStatus(context);
        }
        catch (TwilioException refused)
        {
            refusal = refused.ApiError;
        }
        catch (BadHttpRequestException bad)
        {
            refusal = bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? MessagingError.TooLarge.ToApiError()
                : MessagingError.BadParameter.ToApiError("The request could not be read");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
            return;
        }
        catch (Exception outage) when (TransientErrors.IsTransient(outage))
        {
            LogOutage(context.Request.Method, LoggedPath(context), outage.GetBaseException().Message);
            refusal = MessagingError.Unavailable.ToApiError();
        }
        catch (Exception unexpected)
        {
            LogUnexpected(context.Request.Method, LoggedPath(context), unexpected);
            refusal = MessagingError.InternalError.ToApiError();
        }

        if (refusal is not null) await ErrorRenderer.WriteAsync(context, refusal);
    }

    // Escaped: a line break in it would let a caller write lines of the log.
    private static string LoggedPath(HttpContext context) => context.Request.Path.ToUriComponent();

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} is answered 503, since the database cannot be used: {Reason}")]
    private partial void LogOutage(string method, string path, string reason);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogUnexpected(string method, string path, Exception failure);
}
