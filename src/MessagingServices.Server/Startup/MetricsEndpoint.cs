using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Startup;

/// <summary>The server's numbers in Prometheus' text format, for whoever asks.</summary>
internal static class MetricsEndpoint
{
    private const string Path = "/metrics";

    public static void MapMetrics(this WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint(Path, null, branch => branch.Use(ReadQueuesFirst), null)
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))
            .AllowAnonymous().DisableHttpMetrics();
    }

    private static async Task ReadQueuesFirst(HttpContext context, RequestDelegate next)
    {
        await context.RequestServices.GetRequiredService<QueueTelemetry>().RefreshAsync();
        await next(context);
    }
}
