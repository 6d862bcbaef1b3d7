using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace MessagingServices.Benchmarks.Load.Requests;

/// <summary>What came of requests that arrived at a fixed rate.</summary>
/// <param name="Responses">The responses. A latency counts from the moment when its request was due.</param>
/// <param name="Accepted">The same with the latencies of those answered 201 only.</param>
/// <param name="NotSent">Requests whose time came while every connection waited for an answer, and which were dropped
/// at the end.</param>
internal sealed record OpenLoopResult(LoadResult Responses, LoadResult Accepted, long NotSent);

/// <summary>
/// Sends messages at a fixed rate, whatever the server makes of them, as many senders who do not know of each other do.
/// A request that waits for a connection has its latency counted from when it was due, so queueing is not hidden.
/// </summary>
/// <param name="call">The call.</param>
/// <param name="perSecond">How many a second.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class OpenLoop(MessageCall call, double perSecond, CancellationToken cancellation)
{
    // More than the 10,000 messages that wait at most in the server, whose answers are then 429; there are 28,000 ports
    // to connect from.
    private const int Wanted = 12_000;
    private static readonly TimeSpan LastAnswersWithin = TimeSpan.FromSeconds(15);

    private readonly ConcurrentStack<HttpConnection> idle = new();
    private readonly ConcurrentQueue<long> overdue = new();
    private readonly ResponseLog log = new();
    private int connections;
    private int underWay;
    private volatile bool isOver;

    /// <summary>How many connections it opens at most: this process and the server have other files open too.</summary>
    public static int MaxConnections { get; } = Math.Min(Wanted, OpenFilesLimit() * 3 / 4);

    /// <summary>Called with the status and text of each answer before the connection is used again.</summary>
    public Action<int, ReadOnlySpan<byte>>? OnResponse { get; init; }

    /// <summary>Sends for a time, and waits for the answers that are still to come.</summary>
    public async Task<OpenLoopResult> RunAsync(TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        var ticksEach = Stopwatch.Frequency / perSecond;
        var total = (long)(perSecond * duration.TotalSeconds);
        for (long sent = 0; sent < total; await Task.Delay(1, cancellation))
        {
            // The first is due at the beginning.
            var due = Math.Min(total, 1 + (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond));
            for (; sent < due; sent++) Arrive(began + (long)(sent * ticksEach));
        }

        isOver = true;
        var ended = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref underWay) > 0
            && Stopwatch.GetElapsedTime(ended) < LastAnswersWithin) await Task.Delay(10, cancellation);
        for (var i = Volatile.Read(ref underWay); i > 0; i--) log.Broke();
        while (idle.TryPop(out var connection)) connection.Dispose();
        return new(log.ToResult(), log.ToResultOf(201), overdue.Count);
    }

    private void Arrive(long intended)
    {
        if (idle.TryPop(out var connection))
        {
            Interlocked.Increment(ref underWay);
            _ = ServeAsync(connection, intended);
        }
        else if (connections < MaxConnections)
        {
            connections++;
            Interlocked.Increment(ref underWay);
            _ = ServeAsync(null, intended);
        }
        else
        {
            overdue.Enqueue(intended);
        }
    }

    private static int OpenFilesLimit() => int.TryParse(
        File.ReadLines("/proc/self/limits")
            .First(line => line.StartsWith("Max open files", StringComparison.Ordinal))["Max open files".Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture, out var limit) ? limit
                : int.MaxValue / 3;

    /// <summary>Sends what is due, and then what became overdue meanwhile.</summary>
    private async Task ServeAsync(HttpConnection? connection, long intended)
    {
        try
        {
            if (connection is null)
            {
                connection = new();
                await connection.OpenAsync(call.Url, cancellation);
            }

            do
            {
                var status = await connection.SendAsync(call.ToBytes(Recipients.Next()), cancellation);
                log.Answered(status, intended);
                OnResponse?.Invoke(status, connection.Response);
            }
            while (!isOver && overdue.TryDequeue(out intended));
            idle.Push(connection);
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            log.Broke();
            connection?.Dispose();
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }
}
