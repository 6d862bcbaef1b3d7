using System.Globalization;
using System.Net;

namespace MessagingServices.Server.Startup;

/// <summary>The addresses that the configuration names.</summary>
internal sealed class ListeningAddresses
{
    private readonly IReadOnlyList<BindingAddress> addresses;

    private ListeningAddresses(IReadOnlyList<BindingAddress> addresses) => this.addresses = addresses;

    /// <summary>Whether no address is configured, so that the default is used.</summary>
    public bool AreUnset => addresses.Count == 0;

    /// <summary>Whether only this machine itself can call them.</summary>
    public bool AreLoopback => addresses.All(address => IsLoopback(address.Host.Trim('[', ']')));

    /// <summary>Reads them as the web server will.</summary>
    /// <exception cref="StartupException">One of them is no address.</exception>
    public static ListeningAddresses Read(IConfiguration configuration)
    {
        var options = SectionBinder.Read<ListeningOptions>(configuration);
        List<BindingAddress> urls = [.. Split(options.Urls).Select(url => Parse("urls", url))];
        List<BindingAddress> endpoints =
        [
            .. configuration.GetSection("Kestrel:Endpoints").GetChildren()
                .Where(endpoint => endpoint["Url"] is not null)
                .Select(endpoint => Parse($"{endpoint.Path}:Url", endpoint["Url"]!)),
        ];
        // The order of Kestrel: endpoints replace the URLs, and URLs the ports.
        if (endpoints.Count > 0) return new(endpoints);
        return new(urls.Count > 0
            ? urls
            : [.. Ports("http", options.HttpPorts), .. Ports("https", options.HttpsPorts)]);
    }

    // Ports alone mean every address of the machine.
    private static IEnumerable<BindingAddress> Ports(string scheme, string? ports) => Split(ports).Select(port =>
        ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? BindingAddress.Parse($"{scheme}://*:{port}")
            : throw new StartupException(
                $"{scheme}_ports names '{port}': write ports from 0 to 65535, separated by semicolons."));

    private static BindingAddress Parse(string key, string url)
    {
        try
        {
            if (BindingAddress.Parse(url) is
                { Scheme: "http" or "https", Port: <= ushort.MaxValue, PathBase: "" } address)
                return address;
        }
        catch (FormatException)
        {
        }

        throw new StartupException(
            $"{key} names '{url}': write each address like http://localhost:8080, with nothing after the port.");
    }

    private static string[] Split(string? text) =>
        text?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
