using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Surfaces;

/// <summary>
/// Answers the question of browsers whether a page of another origin may call one of Twilio's products. It comes
/// without credentials.
/// </summary>
internal sealed class Preflight(RequestDelegate next)
{
    /// <summary>Answers it, or calls the rest of the pipeline.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsOptions(request.Method) || request.Headers.Origin.Count == 0
            || request.Headers.AccessControlRequestMethod.Count == 0 || RequestFacts.Of(context).Domain is null)
            return next(context);
        CommonHeaders.Apply(context);
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
