using System.Net;
using Serilog;
using MessagingServices.Server.Api.Wire;

namespace MessagingServices.Server;

/// <summary>The web server itself: where it listens, its limits, its log.</summary>
internal static class Hosting
{
    private const string DefaultUrl = "http://localhost:8080";

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSerilog(log => log.ReadFrom.Configuration(builder.Configuration));
        // Ctrl-C ends the server and its PostgreSQL within five seconds; PostgreSQL takes half a second of them.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // What is over the limit of forms is still read to its end, so that the caller sees the 413 and not a broken connection.
            kestrel.Limits.MaxRequestBodySize = 32 * FormBody.MaxBytes;
        });
        if (ListeningUrls(builder.Configuration).Length == 0) builder.WebHost.UseUrls(DefaultUrl);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(AccountOptions.Read(builder.Configuration, ListeningUrls(builder.Configuration).All(IsLoopback)));
        builder.Services.AddHostedService<ReadyNotice>();
    }

    /// <summary>The configured addresses; empty when the default is taken.</summary>
    private static string[] ListeningUrls(ConfigurationManager configuration)
    {
        var urls = Split(configuration["urls"]);
        if (urls.Length > 0) return urls;
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>();
        // Ports alone mean every address of the machine.
        var ports = Split(configuration["http_ports"]).Concat(Split(configuration["https_ports"])).Select(port => $"http://*:{port}");
        return [.. endpoints, .. ports];

        static string[] Split(string? text) => text?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
    }

    private static bool IsLoopback(string url)
    {
        var host = BindingAddress.Parse(url).Host.Trim('[', ']');
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
