namespace MessagingServices.Server.Telemetry;

/// <summary>Where traces go: OpenTelemetry's own settings, which its exporter reads itself.</summary>
/// <param name="IsOn">Whether an endpoint is named.</param>
internal sealed record TracingOptions(bool IsOn)
{
    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    /// <summary>Reads whether an endpoint is named.</summary>
    /// <exception cref="StartupException">It is no URL; the exporter would pass over it in silence.</exception>
    public static TracingOptions Read(IConfiguration configuration)
    {
        var named = Endpoints.Where(key => !string.IsNullOrWhiteSpace(configuration[key])).ToList();
        foreach (var key in named)
        {
            if (!Uri.TryCreate(configuration[key], UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                throw new StartupException($"{key} is '{configuration[key]}': write a URL like http://localhost:4317, or leave it unset for no traces.");
        }

        return new(named.Count > 0);
    }
}
