using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace MessagingServices.Server.Proxy;

/// <summary>What a client wants of a new connection, by its first bytes. They stay to be read.</summary>
internal enum FirstBytes
{
    /// <summary>Nothing: it closed the connection, or was silent for too long.</summary>
    None,

    /// <summary>An HTTP request, or what HTTP has to refuse.</summary>
    Http,

    /// <summary>A tunnel: the method CONNECT.</summary>
    Connect,

    /// <summary>A TLS handshake.</summary>
    Tls,
}

/// <summary>Looks at the first bytes of a connection.</summary>
internal static class FirstBytesReader
{
    private const byte TlsHandshake = 0x16;

    private static ReadOnlySpan<byte> ConnectMethod => "CONNECT "u8;

    /// <summary>Waits for the first bytes.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="patience">How long it may be silent.</param>
    public static async ValueTask<FirstBytes> PeekAsync(this ConnectionContext connection, TimeSpan patience)
    {
        using var limit = connection.LimitedTo(patience);
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(limit.Token);
                var buffer = result.Buffer;
                var found = Classify(buffer);
                // What was not examined is returned by the next read at once.
                input.AdvanceTo(buffer.Start, found is null ? buffer.End : buffer.Start);
                if (found is { } kind) return kind;
                if (result.IsCompleted || result.IsCanceled) return buffer.IsEmpty ? FirstBytes.None : FirstBytes.Http;
            }
        }
        catch (Exception failure) when (failure.IsEndOfConnection())
        {
            return FirstBytes.None;
        }
    }

    /// <summary>A token that ends with the time, or when the server stops.</summary>
    public static CancellationTokenSource LimitedTo(this ConnectionContext connection, TimeSpan time)
    {
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested
            ?? CancellationToken.None;
        var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(time);
        return limit;
    }

    /// <summary>Whether an exception only says that a connection is over, or its time.</summary>
    public static bool IsEndOfConnection(this Exception failure) =>
        failure is IOException or OperationCanceledException or ObjectDisposedException
            or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException;

    private static FirstBytes? Classify(ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsEmpty) return null;
        var first = buffer.FirstSpan[0];
        if (first != ConnectMethod[0]) return first == TlsHandshake ? FirstBytes.Tls : FirstBytes.Http;
        Span<byte> start = stackalloc byte[ConnectMethod.Length];
        var length = (int)Math.Min(buffer.Length, start.Length);
        buffer.Slice(0, length).CopyTo(start);
        return !start[..length].SequenceEqual(ConnectMethod[..length]) ? FirstBytes.Http
            : length == ConnectMethod.Length ? FirstBytes.Connect
            : null;
    }
}
