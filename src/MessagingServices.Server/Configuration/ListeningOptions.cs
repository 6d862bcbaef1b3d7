namespace MessagingServices.Server.Configuration;

/// <summary>Where the server listens: ASP.NET Core's own settings.</summary>
[Section("", "Where the server listens.", Title = "Addresses")]
internal sealed class ListeningOptions
{
    /// <summary>Where the server listens when no setting names an address.</summary>
    public const string DefaultUrl = "http://localhost:8080";

    [Setting("Where to listen: addresses without a path, separated by semicolons. In the environment: "
        + "`ASPNETCORE_URLS`. The default Auth Token is refused for addresses of a network: see "
        + "`Account:AllowDefaultToken`.",
        Default = $"`{DefaultUrl}`", Values = "`scheme://host:port`; `*` as the host is every address of the machine")]
    [ConfigurationKeyName("urls")]
    public string? Urls { get; init; }

    [Setting("Ports to listen on, on all addresses of the machine, separated by semicolons. They count only without "
        + "`urls`. In the environment: `ASPNETCORE_HTTP_PORTS`.", Default = "unset", Values = "0 to 65535 each")]
    [ConfigurationKeyName("http_ports")]
    public string? HttpPorts { get; init; }

    [Setting("The same for https, which needs a certificate: see `Kestrel:Certificates:Default:Path`. In the "
        + "environment: `ASPNETCORE_HTTPS_PORTS`.", Default = "unset", Values = "0 to 65535 each")]
    [ConfigurationKeyName("https_ports")]
    public string? HttpsPorts { get; init; }
}
