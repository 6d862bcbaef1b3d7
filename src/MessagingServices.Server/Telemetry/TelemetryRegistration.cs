using MessagingServices.Server.Engine;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MessagingServices.Server.Telemetry;

/// <summary>How the server can be watched: metrics for Prometheus, traces by OTLP.</summary>
internal static class TelemetryRegistration
{
    /// <summary>Adds the instruments, and what reads them.</summary>
    /// <exception cref="StartupException">The endpoint of traces is no URL.</exception>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<MessageTracing>();
        services.AddSingleton<MessageTelemetry>();
        services.AddSingleton<WebhookTelemetry>();
        services.AddSingleton<StageTelemetry>();
        services.AddSingleton<QueueTelemetry>();

        var telemetry = services.AddOpenTelemetry()
            // What the environment says (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) goes before our name.
            .ConfigureResource(resource => resource.AddService("messaging-services").AddEnvironmentVariableDetector())
            // The framework's meters cost half a microsecond a request. Npgsql's are left out: each command would cost as much again.
            .WithMetrics(metrics => metrics
                .AddMeter(Instruments.Scope, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddPrometheusExporter());
        if (!TracingOptions.Read(builder.Configuration).IsOn) return;
        telemetry.WithTracing(traces =>
        {
            traces.AddSource(Instruments.Scope)
                .AddAspNetCoreInstrumentation(requests => requests.Filter = context => context.Request.Path.Value is not ("/metrics" or "/livez" or "/readyz"))
                .AddOtlpExporter();
            if (SidSampler.Read(builder.Configuration) is { } sampler) traces.SetSampler(sampler);
        });
    }
}
