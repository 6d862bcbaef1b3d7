using System.Net;
using System.Net.Sockets;

namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>Ports that no program listens on.</summary>
internal static class Ports
{
    public static string FreeUrl() => $"http://127.0.0.1:{Free()}";

    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
