using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>Accepts TCP connections and runs a test's code on each.</summary>
internal sealed class RawReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly List<Task> conversations = [];
    private readonly Task accepting;
    private int connections;

    public RawReceiver(Func<Stream, int, CancellationToken, Task> converse)
    {
        listener.Start();
        accepting = AcceptAsync(converse);
    }

    /// <summary>A receiver that reads and never responds.</summary>
    public static RawReceiver Hanging() => new((stream, _, ending) => stream.CopyToAsync(Stream.Null, ending));

    /// <summary>Host and port.</summary>
    public string Authority => listener.LocalEndpoint.ToString()!;

    public int Connections => Volatile.Read(ref connections);

    /// <summary>Refuses further connections; those that are open go on.</summary>
    public void Close() => listener.Stop();

    public static async Task ReadRequestAsync(Stream stream, CancellationToken cancellation)
    {
        // A request is one or two small packets. It is complete with the last field of its form.
        var read = new StringBuilder();
        var buffer = new byte[4096];
        while (!read.ToString().Contains("To=", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, cancellation);
            if (count == 0) throw new EndOfStreamException();
            read.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
    }

    public static Task ReadRequestOnlyAsync(Stream stream, int number, CancellationToken cancellation) =>
        ReadRequestAsync(stream, cancellation);

    public static ValueTask WriteAsync(Stream stream, string text, CancellationToken cancellation) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellation);

    private async Task AcceptAsync(Func<Stream, int, CancellationToken, Task> converse)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(ending.Token);
                var number = Interlocked.Increment(ref connections);
                conversations.Add(ConverseAsync(client, number, converse));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ConverseAsync(TcpClient client, int number, Func<Stream, int, CancellationToken, Task> converse)
    {
        using (client)
        {
            try
            {
                await converse(client.GetStream(), number, ending.Token);
            }
            catch (Exception ended) when (ended is IOException or OperationCanceledException)
            {
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await accepting;
        listener.Dispose();
        await Task.WhenAll(conversations);
        ending.Dispose();
    }
}
