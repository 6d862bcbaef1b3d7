using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MessagingServices.Server.Telemetry;

/// <summary>Registers metrics for Prometheus and traces by OTLP.</summary>
internal static class TelemetryRegistration
{
    /// <summary>Adds the instruments and their exporters.</summary>
    /// <exception cref="StartupException">The endpoint of traces is no URL.</exception>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<MessageTracing>();
        services.AddSingleton<MessageTelemetry>();
        services.AddSingleton<WebhookTelemetry>();
        services.AddSingleton<StageTelemetry>();
        services.AddSingleton<ParameterTelemetry>();
        services.AddSingleton<ProxyTelemetry>();

        var telemetry = services.AddOpenTelemetry()
            // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES of the environment override our name.
            .ConfigureResource(resource => resource.AddService("messaging-services").AddEnvironmentVariableDetector())
            // The framework's meters cost half a microsecond a request. Npgsql's would cost as much for each command.
            .WithMetrics(metrics => metrics
                .AddMeter(Instruments.Scope, "Microsoft.AspNetCore.Hosting",
                    "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddPrometheusExporter());
        if (!SectionBinder.Read<TracingOptions>(builder.Configuration).IsOn) return;
        telemetry.WithTracing(traces =>
        {
            traces.AddSource(Instruments.Scope)
                .AddAspNetCoreInstrumentation(requests =>
                    requests.Filter = context =>
                        context.Request.Path.Value is not ("/metrics" or "/livez" or "/readyz"))
                .AddOtlpExporter();
            if (SidSampler.Read(builder.Configuration) is { } sampler) traces.SetSampler(sampler);
        });
    }
}
