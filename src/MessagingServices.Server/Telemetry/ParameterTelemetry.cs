using System.Diagnostics.Metrics;

namespace MessagingServices.Server.Telemetry;

/// <summary>Counts parameters that Twilio knows and the server ignores.</summary>
internal sealed class ParameterTelemetry(IMeterFactory meters)
{
    private readonly Counter<long> ignored = meters.Ours().Counts(
        "parameters.ignored", "parameter", "Parameters of requests that Twilio knows and the server ignores");

    /// <summary>A request had one.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="route">The path of the operation, with placeholders.</param>
    /// <param name="name">The name of the parameter, one of Twilio's.</param>
    public void Ignored(string method, string route, string name) => ignored.Add(
        1, new("method", method), new("route", route), new KeyValuePair<string, object?>("parameter", name));
}
