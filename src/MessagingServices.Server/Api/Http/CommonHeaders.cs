using Microsoft.AspNetCore.Mvc.Filters;

namespace MessagingServices.Server.Api.Http;

/// <summary>The headers of every response of Twilio's API.</summary>
internal sealed class CommonHeaders : IAlwaysRunResultFilter
{
    /// <inheritdoc/>
    public void OnResultExecuting(ResultExecutingContext context) => Apply(context.HttpContext);

    /// <inheritdoc/>
    public void OnResultExecuted(ResultExecutedContext context)
    {
    }

    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers["Twilio-Request-Id"] = context.RequestServices.GetRequiredService<SidSource>()
            .New(SidPrefix.Request).Value;
        headers.AccessControlAllowOrigin = "*";
        headers["X-Home-Region"] = "us1";
    }
}
