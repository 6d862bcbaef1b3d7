using System.Buffers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace MessagingServices.Server.Proxy;

/// <summary>
/// Passes bytes between a client and another host, unchanged. When one side ends its part, the other is told, and may
/// go on with its own. A tunnel that is silent for ten minutes is closed.
/// </summary>
internal sealed class Tunnel(ConnectionContext connection, Socket client, Socket upstream, Action<int> count)
{
    private static readonly TimeSpan SilenceTime = TimeSpan.FromMinutes(10);
    private const int BufferSize = 32 * 1024;

    /// <summary>Says that the tunnel is open, and runs it to its end.</summary>
    /// <exception cref="IOException">A side broke its connection.</exception>
    /// <exception cref="SocketException">A side broke its connection.</exception>
    /// <exception cref="OperationCanceledException">It was silent for too long, or the server stops.</exception>
    public async Task RunAsync()
    {
        using var silence = connection.LimitedTo(SilenceTime);
        await SendAsync(client, ConnectResponse.Established, silence.Token);
        var up = UpAsync(silence);
        var down = DownAsync(silence);
        await await Task.WhenAny(up, down);
        await Task.WhenAll(up, down);
    }

    private async Task UpAsync(CancellationTokenSource silence)
    {
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(silence.Token);
                silence.CancelAfter(SilenceTime);
                foreach (var part in result.Buffer)
                {
                    await SendAsync(upstream, part, silence.Token);
                    count(part.Length);
                }

                input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted || result.IsCanceled) break;
            }

            upstream.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            await silence.CancelAsync();
            throw;
        }
    }

    private async Task DownAsync(CancellationTokenSource silence)
    {
        try
        {
            while (await PassDownAsync(silence)) silence.CancelAfter(SilenceTime);
            client.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            await silence.CancelAsync();
            throw;
        }
    }

    private async Task<bool> PassDownAsync(CancellationTokenSource silence)
    {
        // A tunnel that waits has no buffer.
        await upstream.ReceiveAsync(Memory<byte>.Empty, silence.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var received = await upstream.ReceiveAsync(buffer.AsMemory(), silence.Token);
            if (received == 0) return false;
            await SendAsync(client, buffer.AsMemory(0, received), silence.Token);
            count(received);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask SendAsync(
        Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, cancellation)..];
    }
}
