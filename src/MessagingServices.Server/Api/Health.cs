using System.Text;

namespace MessagingServices.Server.Api;

/// <summary>Whether the process lives, and whether it can serve.</summary>
internal static class Health
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this WebApplication app)
    {
        app.MapMethods("/livez", Methods, context => WriteAsync(context, fault: null))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapMethods("/readyz", Methods, async context => await WriteAsync(
            context, await context.RequestServices.GetRequiredService<DatabaseHealth>().FindFaultAsync()))
            .AllowAnonymous().ExcludeFromDescription();
    }

    // By hand: a start waits for this response, and the framework's binding would first be compiled for it.
    private static Task WriteAsync(HttpContext context, string? fault)
    {
        if (fault is not null) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        var text = Encoding.UTF8.GetBytes(fault ?? "ok");
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = text.Length;
        return context.Response.Body.WriteAsync(text, 0, text.Length);
    }
}
