using Microsoft.AspNetCore.Mvc.Filters;

namespace MessagingServices.Server.Api.Http;

/// <summary>The headers that Twilio puts on every answer of its API.</summary>
internal sealed class CommonHeaders : IAlwaysRunResultFilter
{
    /// <inheritdoc/>
    public void OnResultExecuting(ResultExecutingContext context) => Apply(context.HttpContext);

    /// <inheritdoc/>
    public void OnResultExecuted(ResultExecutedContext context)
    {
    }

    /// <summary>Sets them.</summary>
    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers["Twilio-Request-Id"] = context.RequestServices.GetRequiredService<SidSource>().New(SidPrefix.Request).Value;
        headers.AccessControlAllowOrigin = "*";
        headers["X-Home-Region"] = "us1";
    }
}
