using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Startup;

/// <summary>The metrics in the text format of Prometheus, without credentials.</summary>
internal static class MetricsEndpoint
{
    private const string Path = "/metrics";

    public static WebApplication MapMetrics(this WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint(Path, null, branch => branch.Use(ReadQueuesFirst), null)
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))
            .AllowAnonymous().DisableHttpMetrics();
        return app;
    }

    private static async Task ReadQueuesFirst(HttpContext context, RequestDelegate next)
    {
        await context.RequestServices.GetRequiredService<QueueTelemetry>().RefreshAsync();
        await next(context);
    }
}
