using System.Diagnostics.Metrics;

namespace MessagingServices.Server.Telemetry;

/// <summary>Metrics of the proxy.</summary>
internal sealed class ProxyTelemetry
{
    private static readonly KeyValuePair<string, object?> Emulated = new("kind", "emulated");
    private static readonly KeyValuePair<string, object?> Tunnelled = new("kind", "tunnelled");

    private readonly Counter<long> tunnels;
    private readonly Counter<long> bytes;

    public ProxyTelemetry(IMeterFactory meters)
    {
        var meter = meters.Ours();
        tunnels = meter.Counts("proxy.tunnels", "tunnel", "Connections that the proxy opened for clients");
        bytes = meter.Counts("proxy.bytes", "byte", "Bytes through the proxy, in both directions");
    }

    /// <summary>Counts a connection to an emulated host.</summary>
    public void OpenedEmulated() => tunnels.Add(1, Emulated);

    /// <summary>Counts a connection to another host.</summary>
    public void OpenedTunnel() => tunnels.Add(1, Tunnelled);

    /// <summary>Counts bytes, encrypted as they are, from or to a client of an emulated host.</summary>
    public void PassedEmulated(int count) => bytes.Add(count, Emulated);

    /// <summary>Counts bytes from or to another host.</summary>
    public void PassedTunnel(int count) => bytes.Add(count, Tunnelled);
}
