using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Errors;

/// <summary>The errors that callers get for exceptions, and their lines in the log.</summary>
internal sealed partial class FailedRequests(DatabaseOutage outage, ILogger<FailedRequests> logger)
{
    private const int MaxLoggedPath = 256;

    /// <summary>
    /// The error of a request that ended with an exception. A database that cannot be used at the moment gives 503. An
    /// unexpected exception is logged, and the error has no details.
    /// </summary>
    public ApiError ErrorOf(HttpContext context, Exception failure)
    {
        switch (failure)
        {
            case TwilioException refused:
                return refused.ApiError;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return MessagingError.TooLarge.ToApiError();
            case BadHttpRequestException:
                return MessagingError.BadParameter.ToApiError("The request could not be read");
            case var _ when DatabaseErrors.IsTransient(failure):
                outage.Failed(failure);
                return MessagingError.Unavailable.ToApiError();
            default:
                LogUnexpected(context.Request.Method, LoggedPath(context), RequestFacts.Of(context).Id, failure);
                return MessagingError.InternalError.ToApiError();
        }
    }

    /// <summary>Logs that a request was refused.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">What was called, on one line.</param>
    /// <param name="error">The error that the caller gets.</param>
    public void LogRefused(HttpContext context, string path, ApiError error)
    {
        // Overload and outages have lines of their own: one for each request would be too many.
        if (error.Error.HttpStatus is (< 500 or StatusCodes.Status501NotImplemented)
            and not StatusCodes.Status429TooManyRequests)
        {
            LogRefused(
                context.Request.Method, path, error.Error.HttpStatus, error.Error.Code, RequestFacts.Of(context).Id);
        }
    }

    /// <summary>
    /// The path of a request for the log. Escaped: a line break in it would let a caller write lines of the log. Cut: a
    /// caller can send a path of any size.
    /// </summary>
    public static string LoggedPath(HttpContext context)
    {
        var path = context.Request.Path.ToUriComponent();
        return path.Length > MaxLoggedPath ? path[..MaxLoggedPath] : path;
    }

    [LoggerMessage(LogLevel.Information, "{Method} {Path} gets {Status}, error {Code} ({RequestId})")]
    private partial void LogRefused(string method, string path, int status, int code, Sid requestId);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed ({RequestId})")]
    private partial void LogUnexpected(string method, string path, Sid requestId, Exception failure);
}
