using MessagingServices.Server.Api.Authentication;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Events;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>
/// The open event streams of this server. They end when the client goes, when the server stops, and when the caller may
/// do nothing any more.
/// </summary>
internal sealed class EventStreams(
    EventListeners listeners, EventReader reader, StreamChecks checks, IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    private const int MaxStreams = 1000;

    /// <summary>
    /// How long the response waits for the other servers: from its beginning on the client misses nothing. A server
    /// that is slower than this costs a resync.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private int open;

    /// <summary>Writes the events of an account until the stream ends.</summary>
    /// <param name="http">The request.</param>
    /// <param name="account">The account, which the caller may read.</param>
    /// <param name="filter">The events that the client wants.</param>
    /// <param name="lastEventId">The last event that the client has; null for a client that begins.</param>
    /// <param name="cancellation">The client has gone.</param>
    /// <exception cref="TwilioException">20429 when the server has 1,000 streams; 20503 when it stops.</exception>
    public async Task WriteAsync(
        HttpContext http, Sid account, EventFilter filter, string? lastEventId, CancellationToken cancellation)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            throw new TwilioException(MessagingError.Unavailable.ToApiError());
        if (Interlocked.Increment(ref open) > MaxStreams)
        {
            Interlocked.Decrement(ref open);
            throw new TwilioException(MessagingError.TooManyRequests.ToApiError());
        }

        var events = listeners.Join(account);
        try
        {
            using var check = checks.Begin((Caller)http.User, account);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(
                cancellation, lifetime.ApplicationStopping, check.Token);
            await WriteAsync(http.Response, events, new(events, filter, reader, time), lastEventId, end.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The response is complete. The client comes back, and then learns why if it may not.
        }
        finally
        {
            listeners.Leave(events);
            Interlocked.Decrement(ref open);
        }
    }

    private async Task WriteAsync(
        HttpResponse response, AccountEvents events, EventCursor cursor, string? lastEventId, CancellationToken end)
    {
        await WaitUntilKnownAsync(events, end);
        var isLost = !cursor.TryContinue(lastEventId);
        Begin(response);
        await response.Body.WriteAsync(cursor.Opening(), end);
        if (isLost) await response.Body.WriteAsync(Resync(cursor), end);
        await response.Body.FlushAsync(end);
        while (true)
        {
            var frame = await cursor.ReadAsync(end);
            if (frame.IsLost) listeners.Resynced();
            if (frame.Bytes.Length == 0) continue;
            var began = time.GetTimestamp();
            await response.Body.WriteAsync(frame.Bytes, end);
            await response.Body.FlushAsync(end);
            cursor.Written(time.GetElapsedTime(began));
        }
    }

    private ReadOnlyMemory<byte> Resync(EventCursor cursor)
    {
        listeners.Resynced();
        return cursor.Resync();
    }

    private async Task WaitUntilKnownAsync(AccountEvents events, CancellationToken end)
    {
        try
        {
            await events.Ready.WaitAsync(Patience, time, end);
        }
        catch (TimeoutException)
        {
            events.BeginUnsure();
        }
    }

    private static void Begin(HttpResponse response)
    {
        CommonHeaders.Apply(response.HttpContext);
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
    }
}
