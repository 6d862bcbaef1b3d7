using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;
using Serilog;

namespace MessagingServices.Server.Startup;

/// <summary>The web server itself: where it listens, its limits, its log.</summary>
internal static class Hosting
{
    /// <summary>Where the server listens when nothing is said.</summary>
    public const string DefaultUrl = "http://localhost:8080";

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
        var addresses = ListeningAddresses.Read(builder.Configuration);
        if (addresses.AreUnset) builder.WebHost.UseUrls(DefaultUrl);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(AccountOptions.Read(builder.Configuration, addresses.AreLoopback));
        builder.Services.AddHostedService<StartupBanner>();
    }
}
