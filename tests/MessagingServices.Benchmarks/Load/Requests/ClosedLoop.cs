using System.Diagnostics;
using System.Net.Sockets;

namespace MessagingServices.Benchmarks.Load.Requests;

/// <summary>Sends a number of messages over a number of connections, each after the answer to the one before.</summary>
internal static class ClosedLoop
{
    public static async Task<LoadResult> SendAsync(
        MessageCall call, int connections, int messages, CancellationToken cancellation)
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
                await connection.OpenAsync(call.Url, cancellation);
                while (Interlocked.Decrement(ref left) >= 0)
                {
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
