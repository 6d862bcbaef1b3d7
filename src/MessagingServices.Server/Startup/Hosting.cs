using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Api.Surfaces;
using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Proxy;
using ModelContextProtocol;
using Serilog;
using Serilog.Settings.Configuration;

namespace MessagingServices.Server.Startup;

/// <summary>Registers the web server itself: its addresses, its limits, its log, and the first account.</summary>
internal static class Hosting
{
    /// <summary>Makes the builder of a server from its command line.</summary>
    /// <exception cref="StartupException">A setting is wrong.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // appsettings.json is beside the program, whatever the current folder is. A setting holds until the server
        // ends, so nothing watches the file.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
            ContentRootPath = AppContext.BaseDirectory,
        });
        var services = builder.Services;
        // The log is the host's own, not the static one: tests run several servers in one process.
        services.AddSerilog(
            log => log.ReadFrom.Configuration(builder.Configuration, LogPartsOf(builder.Configuration))
                // The library logs a mistake of an agent as a fault of the server, with a stack trace.
                .Filter.ByExcluding(entry => entry.Exception is McpProtocolException),
            preserveStaticLogger: true);
        // Ctrl-C ends the server and its PostgreSQL within five seconds; PostgreSQL takes half a second of them.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        // It would also say that the server stops when it could not start.
        services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A form over its limit is still read to its end, so that the caller gets the 413 and no broken connection.
            kestrel.Limits.MaxRequestBodySize = 32 * FormBody.MaxBytes;
            // So has the server a path that is too long: the caller gets its 414 in Twilio's shape.
            kestrel.Limits.MaxRequestLineSize = 8 * SurfaceRouting.MaxTarget;
        });
        var addresses = ListeningAddresses.Read(builder.Configuration);
        if (addresses.AreUnset) builder.WebHost.UseUrls(ListeningOptions.DefaultUrl);
        if (SectionBinder.Read<ProxyOptions>(builder.Configuration) is { Enabled: true, TlsPort: > 0 and var port })
            addresses.AddTls(builder, port);
        builder.AddSection<ProcessOptions>();
        services.AddSingleton(TimeProvider.System);
        DefaultTokenRule.Check(builder.AddSection<AccountOptions>(), addresses);
        services.AddSingleton(addresses);
        services.AddSingleton<DefaultTokenUse>();
        services.AddSingleton<DefaultAccount>();
        services.AddHostedService<StartupBanner>();
        return builder;
    }

    /// <summary>
    /// Where the sinks, enrichers and filters are that come with the server. Without it the library would search all
    /// assemblies that the server was built with, as it does when the configuration names others.
    /// </summary>
    private static ConfigurationReaderOptions LogPartsOf(ConfigurationManager configuration) =>
        configuration.GetSection("Serilog:Using").Exists()
            ? new()
            : new(
                typeof(Log).Assembly, typeof(ConsoleLoggerConfigurationExtensions).Assembly,
                typeof(FileLoggerConfigurationExtensions).Assembly,
                typeof(LoggerSinkConfigurationDebugExtensions).Assembly);
}
