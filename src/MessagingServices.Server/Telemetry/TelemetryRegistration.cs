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
                .AddView(instrument =>
                    new MetricStreamConfiguration { CardinalityLimit = MaxSeriesOf(instrument.Name) })
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

    /// <summary>
    /// How many time series an instrument may have. Their memory is taken in advance: with the library's 2,000 for each
    /// of the fifty instruments it was 9 MB.
    /// </summary>
    private static int MaxSeriesOf(string instrument) => instrument switch
    {
        // For each route.
        "http.server.request.duration" or "messaging_services.parameters.ignored" => 2000,
        // For each error code.
        "messaging_services.messages.failed" or "messaging_services.messages.refused" => 500,
        _ => 100,
    };
}
