using System.Globalization;
using System.Net;

namespace MessagingServices.Server.Startup;

/// <summary>Where the configuration tells the server to listen.</summary>
internal sealed class ListeningAddresses
{
    private readonly IReadOnlyList<BindingAddress> addresses;

    private ListeningAddresses(IReadOnlyList<BindingAddress> addresses) => this.addresses = addresses;

    /// <summary>Whether nothing is configured, so that the default is taken.</summary>
    public bool AreUnset => addresses.Count == 0;

    /// <summary>Whether only this machine itself can call them.</summary>
    public bool AreLoopback => addresses.All(address => IsLoopback(address.Host.Trim('[', ']')));

    /// <summary>Reads them as the web server will.</summary>
    /// <exception cref="StartupException">One of them is no address.</exception>
    public static ListeningAddresses Read(IConfiguration configuration)
    {
        var urls = Split(configuration["urls"]).Select(url => Parse("urls", url)).ToList();
        if (urls.Count > 0) return new(urls);
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(endpoint => endpoint["Url"] is not null).Select(endpoint => Parse($"{endpoint.Path}:Url", endpoint["Url"]!));
        return new([.. endpoints, .. Ports(configuration, "http_ports", "http"), .. Ports(configuration, "https_ports", "https")]);
    }

    // Ports alone mean every address of the machine.
    private static IEnumerable<BindingAddress> Ports(IConfiguration configuration, string key, string scheme) =>
        Split(configuration[key]).Select(port => ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? BindingAddress.Parse($"{scheme}://*:{port}")
            : throw new StartupException($"{key} names '{port}': write ports from 0 to 65535, separated by semicolons."));

    private static BindingAddress Parse(string key, string url)
    {
        try
        {
            if (BindingAddress.Parse(url) is { Scheme: "http" or "https", Port: <= ushort.MaxValue, PathBase: "" } address) return address;
        }
        catch (FormatException)
        {
        }

        throw new StartupException($"{key} names '{url}': write each address like http://localhost:8080, with nothing after the port.");
    }

    private static string[] Split(string? text) => text?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
