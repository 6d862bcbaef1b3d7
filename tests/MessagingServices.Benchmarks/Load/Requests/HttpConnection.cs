using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MessagingServices.Benchmarks.Load.Requests;

/// <summary>
/// A kept connection that knows just enough HTTP: it takes little of the cores that the server needs.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private Stream? stream;
    private byte[] buffer = new byte[4096];
    private int filled;

    /// <summary>The last answer: its head and body.</summary>
    public ReadOnlySpan<byte> Response => buffer.AsSpan(0, filled);

    /// <summary>Connects to a server of this machine.</summary>
    public async Task OpenAsync(Uri url, CancellationToken cancellation)
    {
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, url.Port), cancellation);
        stream = new NetworkStream(socket);
    }

    /// <summary>Connects to a host by https, through a proxy of this machine.</summary>
    public async Task OpenAsync(Uri proxy, Tunnel tunnel, CancellationToken cancellation)
    {
        await OpenAsync(proxy, cancellation);
        var status = await SendAsync(
            Encoding.ASCII.GetBytes($"CONNECT {tunnel.Host}:443 HTTP/1.1\r\nHost: {tunnel.Host}:443\r\n\r\n"),
            () => Response.EndsWith(EndOfHead), cancellation);
        if (status != 200) throw new IOException($"CONNECT was answered with {status}.");
        SslStream secure = new(stream!);
        stream = secure;
        await secure.AuthenticateAsClientAsync(new()
        {
            TargetHost = tunnel.Host,
            CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { tunnel.Authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        }, cancellation);
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <returns>Its status.</returns>
    /// <exception cref="IOException">The connection ended.</exception>
    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation) =>
        SendAsync(request, IsComplete, cancellation);

    public void Dispose()
    {
        stream?.Dispose();
        socket.Dispose();
    }

    private async ValueTask<int> SendAsync(
        ReadOnlyMemory<byte> request, Func<bool> isComplete, CancellationToken cancellation)
    {
        filled = 0;
        await stream!.WriteAsync(request, cancellation);
        while (!isComplete())
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
            var count = await stream.ReadAsync(buffer.AsMemory(filled), cancellation);
            if (count == 0) throw new IOException("The server closed the connection.");
            filled += count;
        }

        // "HTTP/1.1 201 Created"
        return int.Parse(buffer.AsSpan(9, 3), CultureInfo.InvariantCulture);
    }

    private bool IsComplete()
    {
        var head = Response.IndexOf(EndOfHead);
        if (head < 0) return false;
        var lines = Response[..(head + 2)];
        return Find(lines, "\r\nContent-Length: ", "\r\ncontent-length: ") is { IsEmpty: false } length
            ? filled >= head + EndOfHead.Length + int.Parse(length, CultureInfo.InvariantCulture)
            : Response.EndsWith("\r\n0\r\n\r\n"u8);
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> lines, params ReadOnlySpan<string> names)
    {
        Span<byte> name = stackalloc byte[32];
        foreach (var spelling in names)
        {
            var length = Encoding.ASCII.GetBytes(spelling, name);
            var start = lines.IndexOf(name[..length]);
            if (start < 0) continue;
            var value = lines[(start + length)..];
            return value[..value.IndexOf((byte)'\r')];
        }

        return [];
    }
}
