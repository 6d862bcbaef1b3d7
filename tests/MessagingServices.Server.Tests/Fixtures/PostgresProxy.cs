using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// Stands between a server and its PostgreSQL: refuses connections, lets them hang, or ends one at the very moment of a
/// commit.
/// </summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private static readonly TaskCompletionSource Open = Opened();

    private readonly Lock gate = new();
    private readonly EndPoint postgres;
    private readonly HashSet<ProxiedConnection> connections = [];
    private readonly int port;
    private Socket listener;
    private TaskCompletionSource passage = Open;
    private CommitFault? fault;

    /// <summary>Starts it before the PostgreSQL of a connection string.</summary>
    public PostgresProxy(string connectionString)
    {
        var direct = new NpgsqlConnectionStringBuilder(connectionString);
        postgres = direct.Host!.StartsWith('/')
            ? new UnixDomainSocketEndPoint($"{direct.Host}/.s.PGSQL.{direct.Port}")
            : new DnsEndPoint(direct.Host, direct.Port);
        listener = Listen(0);
        port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        // Every statement is sent as text, by which the transactions are told apart.
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1", Port = port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable,
            MaxAutoPrepare = 0,
        }.ConnectionString;
    }

    /// <summary>How to connect through it.</summary>
    public string ConnectionString { get; }

    /// <summary>Cuts all connections and refuses new ones.</summary>
    public void ToApiError()
    {
        lock (gate)
        {
            listener.Dispose();
            foreach (var connection in connections) connection.Cut();
        }
    }

    /// <summary>Takes connections again after <see cref="ToApiError"/>.</summary>
    public void Accept()
    {
        lock (gate) listener = Listen(port);
    }

    /// <summary>Carries nothing any more, in either direction, as a network that loses every packet.</summary>
    public void Hang() =>
        Interlocked.CompareExchange(ref passage, new(TaskCreationOptions.RunContinuationsAsynchronously), Open);

    /// <summary>Carries on after <see cref="Hang"/>: what was under way arrives.</summary>
    public void Resume() => Interlocked.Exchange(ref passage, Open).TrySetResult();

    /// <summary>Befalls the next transaction whose statements contain the text; ends when that has happened.</summary>
    /// <param name="statement">The text.</param>
    /// <param name="cut">What befalls it.</param>
    /// <param name="without">A text that its statements do not contain; null for any.</param>
    public Task AtCommitOf(string statement, CommitCut cut, string? without = null)
    {
        var next = new CommitFault(statement, cut) { Without = without };
        Volatile.Write(ref fault, next);
        return next.Happened.Task;
    }

    public ValueTask DisposeAsync()
    {
        ToApiError();
        Resume();
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits while nothing passes.</summary>
    internal Task PassAsync() => Volatile.Read(ref passage).Task;

    /// <summary>The fault that befalls a transaction of these statements, if any; it does so once.</summary>
    internal CommitFault? TakeFault(string statements) =>
        Volatile.Read(ref fault) is { } next && next.Befalls(statements)
            && Interlocked.CompareExchange(ref fault, null, next) == next ? next : null;

    private Socket Listen(int onPort)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, onPort));
        socket.Listen();
        _ = Task.Run(() => AcceptAsync(socket));
        return socket;
    }

    private async Task AcceptAsync(Socket from)
    {
        try
        {
            while (true) _ = CarryAsync(await from.AcceptAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var connection = new ProxiedConnection(this, client, postgres);
        lock (gate) connections.Add(connection);
        try
        {
            await connection.CarryAsync();
        }
        finally
        {
            lock (gate) connections.Remove(connection);
        }
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}

/// <summary>What befalls a transaction at its commit. What is sent without a transaction is one by itself.</summary>
public enum CommitCut
{
    /// <summary>The connection is cut; PostgreSQL never hears of the commit.</summary>
    BeforeItArrives,

    /// <summary>The connection is cut when PostgreSQL has committed; the server never hears of it.</summary>
    AfterItHappened,

    /// <summary>Nothing; it is only noticed.</summary>
    Nothing,

    /// <summary>
    /// PostgreSQL has committed; the answer, and everything else, hangs until <see cref="PostgresProxy.Resume"/>.
    /// </summary>
    HangsAfterItHappened,
}

/// <summary>What befalls one transaction.</summary>
/// <param name="Statement">A part of one of its statements.</param>
/// <param name="Cut">What befalls it.</param>
internal sealed record CommitFault(string Statement, CommitCut Cut)
{
    /// <summary>What no statement contains; null for anything.</summary>
    public string? Without { get; init; }

    public TaskCompletionSource Happened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Befalls(string statements) => statements.Contains(Statement, StringComparison.Ordinal)
        && (Without is null || !statements.Contains(Without, StringComparison.Ordinal));
}
