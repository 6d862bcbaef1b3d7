using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Proxy;

/// <summary>A client of the proxy that writes and reads bytes.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly TcpClient tcp = new() { NoDelay = true };
    private Stream? stream;

    public const string Established = "HTTP/1.1 200 Connection established\r\n\r\n";

    public Stream Stream => stream!;

    /// <summary>Connects with a server's own port.</summary>
    public static Task<RawClient> ConnectAsync(MessagingServer server) => ConnectAsync(new Uri(server.Url));

    /// <summary>Connects with the host and the port of a URL.</summary>
    public static async Task<RawClient> ConnectAsync(Uri url)
    {
        RawClient client = new();
        await client.tcp.ConnectAsync(url.Host, url.Port);
        client.stream = client.tcp.GetStream();
        return client;
    }

    /// <summary>Opens a tunnel.</summary>
    public static async Task<RawClient> TunnelAsync(MessagingServer server, string authority)
    {
        var client = await ConnectAsync(server);
        await client.WriteAsync($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n");
        Assert.Equal(Established, await client.ReadHeadAsync());
        return client;
    }

    /// <summary>Speaks TLS from here on, and trusts one CA only.</summary>
    public async Task<SslStream> UseTlsAsync(
        string host, X509Certificate2 ca, SslApplicationProtocol? protocol = null)
    {
        var encrypted = new SslStream(Stream);
        await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = host, CertificateChainPolicy = Trust.Only(ca),
            ApplicationProtocols = protocol is { } only ? [only] : null,
        });
        stream = encrypted;
        return encrypted;
    }

    public async Task WriteAsync(string text)
    {
        await Stream.WriteAsync(Encoding.Latin1.GetBytes(text));
        await Stream.FlushAsync();
    }

    /// <summary>Reads until the empty line; what there is when the connection ends before.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await Stream.ReadAsync(one) == 1)
            head.Append((char)one[0]);
        return head.ToString();
    }

    /// <summary>Reads the body that a head announces.</summary>
    public async Task ReadBodyAsync(string head)
    {
        var line = head.Split("\r\n").Single(
            header => header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        await Stream.ReadExactlyAsync(new byte[int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture)]);
    }

    /// <summary>Reads until the other side ends.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        try
        {
            await Stream.CopyToAsync(all).WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (IOException)
        {
            // Reset: it is over, too.
        }

        return Encoding.Latin1.GetString(all.ToArray());
    }

    /// <summary>Ends the own side only.</summary>
    public void EndWriting() => tcp.Client.Shutdown(SocketShutdown.Send);

    public async ValueTask DisposeAsync()
    {
        if (stream is not null) await stream.DisposeAsync();
        tcp.Dispose();
    }
}
