using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Proxy;

/// <summary>Clients that trust a server's development CA and nothing else.</summary>
internal static class Trust
{
    /// <summary>The CA of a server, as every client can download it.</summary>
    public static async Task<X509Certificate2> AuthorityAsync(this MessagingServer server)
    {
        using var anybody = server.Client();
        return X509Certificate2.CreateFromPem(await anybody.GetStringAsync("/emulator/v1/Environment/ca.pem"));
    }

    public static X509ChainPolicy Only(X509Certificate2 ca) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { ca },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    /// <summary>A client behind the proxy, with the account's credentials.</summary>
    public static async Task<HttpClient> ProxiedAsync(this MessagingServer server, Version? version = null)
    {
        var handler = new SocketsHttpHandler
        {
            Proxy = new WebProxy(server.Url), UseProxy = true, AllowAutoRedirect = false,
            Expect100ContinueTimeout = TimeSpan.FromSeconds(30),
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = Only(await server.AuthorityAsync()),
            },
        };
        return new(handler)
        {
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            DefaultRequestHeaders = { Authorization = server.Http.DefaultRequestHeaders.Authorization },
        };
    }
}
