using System.Diagnostics;
using System.Net.Sockets;

namespace MessagingServices.Benchmarks.Load.Requests;

/// <summary>Sends a number of messages over a number of connections, each after the answer to the one before.</summary>
internal static class ClosedLoop
{
    public static Task<LoadResult> SendAsync(
        MessageCall call, int connections, int messages, CancellationToken cancellation) =>
        SendAsync([call], connections, messages, cancellation);

    /// <summary>Sends them by several calls in turns, for example of several accounts.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="connections">The number of connections.</param>
    /// <param name="messages">The number of messages.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <param name="tunnel">The way through the server's proxy; null for none.</param>
    public static async Task<LoadResult> SendAsync(
        IReadOnlyList<MessageCall> calls, int connections, int messages, CancellationToken cancellation,
        Tunnel? tunnel = null)
    {
        var log = new ResponseLog();
        var left = messages;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(DriveAsync, cancellation)));
        return log.ToResult();

        async Task DriveAsync()
        {
            using var connection = new HttpConnection();
            try
            {
                await (tunnel is null
                    ? connection.OpenAsync(calls[0].Url, cancellation)
                    : connection.OpenAsync(calls[0].Url, tunnel, cancellation));
                while (Interlocked.Decrement(ref left) is >= 0 and var number)
                {
                    var call = calls[number % calls.Count];
                    var sent = Stopwatch.GetTimestamp();
                    log.Answered(await connection.SendAsync(call.ToBytes(Recipients.Next()), cancellation), sent);
                }
            }
            catch (Exception failure) when (failure is IOException or SocketException)
            {
                // The connection is gone for the rest of the round; callers fail for the request that is missing.
                log.Broke();
            }
        }
    }
}
