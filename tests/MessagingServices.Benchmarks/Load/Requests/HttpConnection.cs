using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MessagingServices.Benchmarks.Load.Requests;

/// <summary>
/// A kept connection that knows just enough HTTP: it takes little of the cores that the server needs.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[4096];
    private int filled;

    /// <summary>The last answer: its head and body.</summary>
    public ReadOnlySpan<byte> Response => buffer.AsSpan(0, filled);

    public async Task OpenAsync(Uri url, CancellationToken cancellation) =>
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, url.Port), cancellation);

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <returns>Its status.</returns>
    /// <exception cref="IOException">The connection ended.</exception>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        filled = 0;
        while (request.Length > 0) request = request[await socket.SendAsync(request, cancellation)..];
        while (!IsComplete())
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
            var count = await socket.ReceiveAsync(buffer.AsMemory(filled), cancellation);
            if (count == 0) throw new IOException("The server closed the connection.");
            filled += count;
        }

        // "HTTP/1.1 201 Created"
        return int.Parse(buffer.AsSpan(9, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => socket.Dispose();

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
