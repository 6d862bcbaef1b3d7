using System.Globalization;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Errors;

/// <summary>
/// Writes errors in Twilio's shape: JSON, or XML where the 2010 API was asked for it. Every error of every surface
/// leaves through here. Source: https://www.twilio.com/docs/usage/twilios-response#twilio-errors.
/// </summary>
internal static class ErrorRenderer
{
    private const string RetryAfterSeconds = "5";

    /// <summary>Writes the error, unless the response has begun.</summary>
    public static Task WriteAsync(HttpContext context, ApiError error) => WriteAsync(
        context, error,
        error.Error.HttpStatus == StatusCodes.Status503ServiceUnavailable ? RetryAfterSeconds : null);

    /// <inheritdoc cref="WriteAsync(HttpContext, ApiError)"/>
    /// <param name="context">The request.</param>
    /// <param name="error">The error.</param>
    /// <param name="retryAfter">The value of the header <c>Retry-After</c>; null for no header.</param>
    public static Task WriteAsync(HttpContext context, ApiError error, string? retryAfter)
    {
        var response = context.Response;
        if (response.HasStarted) return Task.CompletedTask;
        var (code, status) = (error.Error.Code, error.Error.HttpStatus);
        var allow = response.Headers.Allow;
        response.Clear();
        response.Headers.Allow = allow;
        response.Headers["X-Twilio-Error-Code"] = code.ToString(CultureInfo.InvariantCulture);
        // A browser would ask its user for a password in the middle of the console.
        if (status == StatusCodes.Status401Unauthorized && !ConsoleCookie.IsFromConsole(context.Request)
            && context.GetEndpoint()?.Metadata.GetMetadata<WithoutChallengeAttribute>() is null)
            response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
        if (retryAfter is not null) response.Headers.RetryAfter = retryAfter;
        return ResponseFormat.WriteAsync(context, status, BodyOf(context.Request, error));
    }

    /// <summary>The error as it is on the wire.</summary>
    public static ErrorBody BodyOf(HttpRequest request, ApiError error) => new(
        error.Error.Code, error.Message, MoreInfo(request, error.Error.Code), error.Error.HttpStatus);

    /// <summary>The error for a bare HTTP status, such as that of an unknown route or a wrong method.</summary>
    public static ApiError? ForStatus(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => NotFound(context),
        StatusCodes.Status405MethodNotAllowed => MessagingError.MethodNotAllowed.ToApiError(),
        StatusCodes.Status413PayloadTooLarge => MessagingError.TooLarge.ToApiError(),
        >= 400 and < 500 => MessagingError.BadParameter.ToApiError("The request could not be read"),
        >= 500 => MessagingError.InternalError.ToApiError(),
        _ => null,
    };

    /// <summary>
    /// The 404 for the present path: the whole path on the 2010 API, the path without its version elsewhere.
    /// </summary>
    public static ApiError NotFound(HttpContext context) => MessagingError.NotFound.ToApiError(RequestedPath(context));

    /// <summary>Twilio documents its own errors. What is not emulated is documented by the server itself.</summary>
    private static string MoreInfo(HttpRequest request, int code) => code == MessagingError.NotEmulated.Code
        ? $"{request.Scheme}://{request.Host}/emulator/v1/Fidelity" : MessagingError.MoreInfo(code);

    private static string RequestedPath(HttpContext context)
    {
        var path = context.Features.Get<RequestedResource>()?.Path ?? context.Request.Path.Value ?? "/";
        if (path.StartsWith("/2010-04-01", StringComparison.Ordinal)) return path;
        var versionEnd = path.IndexOf('/', Math.Min(1, path.Length));
        return versionEnd > 0 && path.Length > 1 && path[1] == 'v' ? path[versionEnd..] : path;
    }
}
