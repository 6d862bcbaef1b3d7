using MessagingServices.Server.Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MessagingServices.Server.Proxy;

/// <summary>Registers the proxy, and puts it before the web server.</summary>
internal static class ProxyRegistration
{
    /// <exception cref="StartupException">A setting is wrong.</exception>
    public static void AddProxy(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var options = builder.AddSection<ProxyOptions>();
        if (!options.Enabled) return;
        services.AddSingleton<TunnelSlots>();
        services.AddSingleton<EmulatedTunnels>();
        services.AddHostedService(provider => provider.GetRequiredService<EmulatedTunnels>());
        services.AddSingleton<EmulatedHosts>();
        services.AddSingleton<OtherHosts>();
        services.AddSingleton<PlainForwarding>();
        services.AddSingleton<ProxyConnections>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // A proxy takes the host of the URL. Source: RFC 9112, 3.2.2.
            kestrel.AllowHostHeaderOverride = true;
            kestrel.ConfigureEndpointDefaults(endpoint => Attach(endpoint, options.TlsPort));
        });
    }

    /// <summary>Serves requests that name a whole URL. Call it where errors are rendered already.</summary>
    public static WebApplication UseProxy(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ProxyOptions>().Enabled) app.UseMiddleware<PlainProxy>();
        return app;
    }

    private static void Attach(ListenOptions endpoint, int tlsPort)
    {
        if (tlsPort > 0 && endpoint.IPEndPoint?.Port == tlsPort)
        {
            endpoint.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = EmulatedHosts.HandshakeTime,
                OnConnection = handshake => endpoint.ApplicationServices.GetRequiredService<ServerCertificates>()
                    .OptionsForAsync(handshake.ClientHelloInfo.ServerName, handshake.CancellationToken),
            });
            return;
        }

        endpoint.Use(http =>
        {
            // What the endpoint speaks is known only now. Its name says it, and nothing else does.
            if (endpoint.ToString()?.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal) == true) return http;
            var proxy = endpoint.ApplicationServices.GetRequiredService<ProxyConnections>();
            return connection => proxy.ServeAsync(connection, http);
        });
    }
}
