using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Telemetry;

/// <summary>Where traces go: OpenTelemetry's own settings, which its exporter reads itself.</summary>
[Section("", "Traces. OpenTelemetry reads these settings itself, and more of its own; in the environment they have the "
    + "same names.",
    Title = "OpenTelemetry", See = "observability.md#traces")]
internal sealed class TracingOptions : IValidatableObject
{
    [Setting("Where traces go. Unset: the server makes none.", Default = "unset",
        Values = "a URL like `http://localhost:4317`")]
    [ConfigurationKeyName("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public string? Endpoint { get; init; }

    [Setting("The same, for traces only; a complete URL with its path.", Default = "unset",
        Values = "a URL like `http://localhost:4318/v1/traces`")]
    [ConfigurationKeyName("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")]
    public string? TracesEndpoint { get; init; }

    /// <summary>Whether an endpoint is named.</summary>
    internal bool IsOn => !string.IsNullOrWhiteSpace(Endpoint) || !string.IsNullOrWhiteSpace(TracesEndpoint);

    /// <summary>Refuses a value that is no URL, because the exporter would ignore it.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from setting in new[]
        {
            (Name: nameof(Endpoint), Value: Endpoint), (Name: nameof(TracesEndpoint), Value: TracesEndpoint),
        }
        where !string.IsNullOrWhiteSpace(setting.Value)
            && (!Uri.TryCreate(setting.Value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        select new ValidationResult(
            "write a URL like http://localhost:4317, or leave it unset for no traces", [setting.Name]);
}
