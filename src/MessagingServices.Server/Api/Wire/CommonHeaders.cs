using MessagingServices.Domain;
using MessagingServices.Server.Persistence;

namespace MessagingServices.Server.Api.Wire;

/// <summary>The headers that Twilio puts on every answer of its API.</summary>
public static class CommonHeaders
{
    /// <summary>Sets them.</summary>
    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers["Twilio-Request-Id"] = context.RequestServices.GetRequiredService<SidSource>().New(SidPrefix.Request).Value;
        headers.AccessControlAllowOrigin = "*";
        headers["X-Home-Region"] = "us1";
    }
}
