using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// One connection through a <see cref="PostgresProxy"/>. It reads the messages of PostgreSQL's protocol, as far as it
/// takes to know when a transaction ends and what its statements were.
/// </summary>
internal sealed class ProxiedConnection(PostgresProxy proxy, Socket client, EndPoint postgres) : IDisposable
{
    private const int HeaderLength = 5;
    private static readonly byte[] ReadyOutsideOfTransactions = [(byte)'Z', 0, 0, 0, 5, (byte)'I'];

    private readonly Socket server =
        new(postgres.AddressFamily == AddressFamily.Unspecified ? AddressFamily.InterNetwork : postgres.AddressFamily,
        SocketType.Stream, postgres is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);

    private readonly StringBuilder statements = new();
    private bool hasStarted;
    private bool isInTransaction;
    private volatile CommitFault? committing;

    /// <summary>Carries until either side, or the proxy, ends it.</summary>
    public async Task CarryAsync()
    {
        try
        {
            client.NoDelay = true;
            await proxy.PassAsync();
            await server.ConnectAsync(postgres);
            if (postgres is not UnixDomainSocketEndPoint) server.NoDelay = true;
            await await Task.WhenAny(ToServerAsync(), ToClientAsync());
        }
        catch (Exception ended) when (ended is IOException or SocketException or ObjectDisposedException)
        {
        }
    }

    /// <summary>Ends it at once, for both sides.</summary>
    public void Cut()
    {
        client.Dispose();
        server.Dispose();
    }

    public void Dispose() => Cut();

    private async Task ToServerAsync()
    {
        var reader = PipeReader.Create(new NetworkStream(client));
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.IsCompleted) return;
            var (whole, fault) = Read(read.Buffer);
            await proxy.PassAsync();
            if (fault is { Cut: CommitCut.BeforeItArrives })
            {
                Cut();
                fault.Happened.TrySetResult();
                return;
            }

            committing = fault;
            foreach (var part in read.Buffer.Slice(0, whole)) await SendAsync(server, part);
            reader.AdvanceTo(read.Buffer.GetPosition(whole), read.Buffer.End);
        }
    }

    private async Task ToClientAsync()
    {
        var buffer = new byte[64 * 1024];
        using var held = new MemoryStream();
        while (await server.ReceiveAsync(buffer) is > 0 and var count)
        {
            await proxy.PassAsync();
            if (committing is { } fault)
            {
                held.Write(buffer, 0, count);
                if (!held.ToArray().AsSpan().EndsWith(ReadyOutsideOfTransactions)) continue;
                committing = null;
                if (fault.Cut == CommitCut.AfterItHappened) Cut();
                if (fault.Cut == CommitCut.HangsAfterItHappened) proxy.Hang();
                fault.Happened.TrySetResult();
                await proxy.PassAsync();
                await SendAsync(client, held.ToArray());
                held.SetLength(0);
            }
            else
            {
                await SendAsync(client, buffer.AsMemory(0, count));
            }
        }
    }

    /// <summary>
    /// Reads whole messages: how many bytes they are, and the fault that befalls the transaction that ends with them.
    /// </summary>
    private (long Whole, CommitFault? Fault) Read(ReadOnlySequence<byte> sent)
    {
        CommitFault? fault = null;
        long whole = 0;
        while (true)
        {
            // The first message of a connection has no type.
            var header = hasStarted ? HeaderLength : HeaderLength - 1;
            if (sent.Length < whole + header) return (whole, fault);
            var start = sent.Slice(whole, header).ToArray();
            var length = header - 4 + BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(header - 4));
            if (sent.Length < whole + length) return (whole, fault);
            if (hasStarted) fault ??= Note((char)start[0], sent.Slice(whole + header, length - header));
            hasStarted = true;
            whole += length;
        }
    }

    private CommitFault? Note(char type, ReadOnlySequence<byte> content)
    {
        switch (type)
        {
            case 'Q':
                var query = Encoding.UTF8.GetString(content).TrimEnd('\0');
                if (query.StartsWith("BEGIN", StringComparison.Ordinal)) isInTransaction = true;
                if (query is "COMMIT" or "ROLLBACK") isInTransaction = false;
                if (query == "ROLLBACK") statements.Clear();
                return query == "COMMIT" ? End() : null;
            case 'P':
                var statement = Encoding.UTF8.GetString(content);
                statements.Append(statement).Append('\n');
                // The name of the statement, its text and the types of its parameters.
                if (statement.Split('\0')[1] == "COMMIT") isInTransaction = false;
                return null;
            case 'S':
                // What is sent without a transaction is one by itself.
                return isInTransaction ? null : End();
            default:
                return null;
        }
    }

    private CommitFault? End()
    {
        var fault = proxy.TakeFault(statements.ToString());
        statements.Clear();
        return fault;
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes)..];
    }
}
