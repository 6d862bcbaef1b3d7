using MessagingServices.Domain;
using MessagingServices.Server.Api.Wire;

namespace MessagingServices.Server.Api.Errors;

/// <summary>
/// Writes errors in Twilio's shape: JSON, or XML where the 2010 API was asked for it. Every error of every surface leaves through here.
/// Source: https://www.twilio.com/docs/usage/twilios-response#twilio-errors.
/// </summary>
public static class ErrorRenderer
{
    private const string WrongCredentialsDetail = "Your AccountSid or AuthToken was incorrect.";

    /// <summary>Answers with the refusal, unless the answer has begun already.</summary>
    public static Task WriteAsync(HttpContext context, Refusal refusal)
    {
        var response = context.Response;
        if (response.HasStarted) return Task.CompletedTask;
        var (code, status) = (refusal.Error.Code, refusal.Error.HttpStatus);
        var allow = response.Headers.Allow;
        response.Clear();
        response.Headers.Allow = allow;
        response.StatusCode = status;
        CommonHeaders.Apply(context);
        if (status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
        var body = new ErrorBody(
            code, status == StatusCodes.Status401Unauthorized ? WrongCredentialsDetail : null, refusal.Message, MessagingError.MoreInfo(code), status);
        return context.Features.Get<XmlWanted>() is null
            ? response.WriteAsJsonAsync(body, WireJson.Options)
            : WireXml.WriteAsync(response, "RestException", body);
    }

    /// <summary>What a bare HTTP status means, for answers that no use case made: unknown routes, wrong methods.</summary>
    public static Refusal? ForStatus(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => NotFound(context),
        StatusCodes.Status405MethodNotAllowed => MessagingError.MethodNotAllowed.Refuse(),
        StatusCodes.Status413PayloadTooLarge => MessagingError.TooLarge.Refuse(),
        StatusCodes.Status415UnsupportedMediaType => MessagingError.UnsupportedMediaType.Refuse(FormBody.UrlEncoded),
        StatusCodes.Status401Unauthorized => MessagingError.WrongCredentials.Refuse(),
        >= 400 and < 500 => MessagingError.BadParameter.Refuse("The request could not be read"),
        >= 500 => MessagingError.InternalError.Refuse(),
        _ => null,
    };

    /// <summary>The 404 for the present path: the whole path on the 2010 API, the path without its version elsewhere.</summary>
    public static Refusal NotFound(HttpContext context) => MessagingError.NotFound.Refuse(RequestedPath(context));

    private static string RequestedPath(HttpContext context)
    {
        var path = context.Features.Get<RequestedResource>()?.Path ?? context.Request.Path.Value ?? "/";
        if (path.StartsWith("/2010-04-01", StringComparison.Ordinal)) return path;
        var versionEnd = path.IndexOf('/', Math.Min(1, path.Length));
        return versionEnd > 0 && path.Length > 1 && path[1] == 'v' ? path[versionEnd..] : path;
    }
}

/// <summary>An error on the wire.</summary>
/// <param name="Code">Twilio's code.</param>
/// <param name="Detail">Only with 401.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="MoreInfo">The error's page in Twilio's documentation.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record ErrorBody(
    int Code,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    string? Detail,
    string Message, string MoreInfo, int Status);
