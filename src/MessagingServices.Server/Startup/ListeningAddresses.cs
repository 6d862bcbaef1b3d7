using System.Globalization;
using System.Net;
using MessagingServices.Server.Media;

namespace MessagingServices.Server.Startup;

/// <summary>The addresses that the configuration names.</summary>
internal sealed class ListeningAddresses
{
    private const string EndpointsKey = "Kestrel:Endpoints";

    private readonly IReadOnlyList<BindingAddress> addresses;

    private ListeningAddresses(IReadOnlyList<BindingAddress> addresses) => this.addresses = addresses;

    /// <summary>Whether no address is configured, so that the default is used.</summary>
    public bool AreUnset => addresses.Count == 0;

    /// <summary>Whether only this machine itself can call them.</summary>
    public bool AreLoopback => addresses.All(address => IsLoopback(address.Host.Trim('[', ']')));

    /// <summary>The URL of the first one that speaks plain HTTP, as this machine reaches it.</summary>
    public string LocalUrl => PublicUrl.Local(
        addresses.FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttp)?.ToString()
        ?? (AreUnset ? ListeningOptions.DefaultUrl : addresses[0].ToString()));

    /// <summary>
    /// Adds an address that speaks TLS, with the host of the first one. It goes where the others are: the web server
    /// takes either endpoints or URLs.
    /// </summary>
    public void AddTls(WebApplicationBuilder builder, int port)
    {
        var all = AreUnset ? [BindingAddress.Parse(ListeningOptions.DefaultUrl)] : addresses;
        var added = string.Create(CultureInfo.InvariantCulture, $"https://{all[0].Host}:{port}");
        if (builder.Configuration.GetSection(EndpointsKey).GetChildren().Any())
            builder.Configuration[$"{EndpointsKey}:ProxyTls:Url"] = added;
        else
            builder.WebHost.UseUrls([.. all.Select(address => address.ToString()), added]);
    }

    /// <summary>Reads them as the web server will.</summary>
    /// <exception cref="StartupException">One of them is no address.</exception>
    public static ListeningAddresses Read(IConfiguration configuration)
    {
        var options = SectionBinder.Read<ListeningOptions>(configuration);
        List<BindingAddress> urls = [.. Split(options.Urls).Select(url => Parse("urls", url))];
        List<BindingAddress> endpoints =
        [
            .. configuration.GetSection(EndpointsKey).GetChildren()
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
