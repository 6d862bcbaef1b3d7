using MessagingServices.Domain;

namespace MessagingServices.Server.Api.Errors;

/// <summary>
/// The last resort: turns what was thrown, and bare error statuses, into Twilio's errors. What nobody expected is logged and answered
/// with 500 and no detail.
/// </summary>
public sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    /// <summary>Runs the rest of the pipeline.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        Refusal? refusal = null;
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400 }) refusal = ErrorRenderer.ForStatus(context);
        }
        catch (RefusedException refused)
        {
            refusal = refused.Refusal;
        }
        catch (BadHttpRequestException bad)
        {
            refusal = bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? MessagingError.TooLarge.Refuse()
                : MessagingError.BadParameter.Refuse("The request could not be read");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
            return;
        }
        catch (Exception unexpected)
        {
            LogUnexpected(context.Request.Method, context.Request.Path, unexpected);
            refusal = MessagingError.InternalError.Refuse();
        }

        if (refusal is not null) await ErrorRenderer.WriteAsync(context, refusal);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogUnexpected(string method, PathString path, Exception failure);
}
