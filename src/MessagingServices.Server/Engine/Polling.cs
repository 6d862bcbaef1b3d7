namespace MessagingServices.Server.Engine;

/// <summary>
/// Repeats a query until its result is accepted. Polling finds the result of any server. The wait is in real time and
/// holds no connection.
/// </summary>
internal sealed class Polling(TimeProvider real, IHostApplicationLifetime lifetime)
{
    private const int RestToWork = 4;

    /// <summary>Queries until a result is accepted or the time is over, and once more at the end.</summary>
    /// <param name="query">The query.</param>
    /// <param name="accept">Whether the result is the expected one.</param>
    /// <param name="patience">The longest wait.</param>
    /// <param name="rest">The pause between two queries. A slow query gets a longer pause: it takes a fifth of the time
    /// at most.</param>
    /// <param name="cancellation">Ends the wait, for example when the caller has disconnected.</param>
    /// <returns>The last result, accepted or not.</returns>
    /// <exception cref="TwilioException">20503 when the server stops during the wait.</exception>
    public async Task<T> UntilAsync<T>(
        Func<CancellationToken, Task<T>> query, Func<T, bool> accept, TimeSpan patience, TimeSpan rest,
        CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var began = real.GetTimestamp();
        try
        {
            while (true)
            {
                var queried = real.GetTimestamp();
                var result = await query(waiting.Token);
                var left = patience - real.GetElapsedTime(began);
                if (accept(result) || left <= TimeSpan.Zero) return result;
                var pause = TimeSpan.FromTicks(Math.Max(rest.Ticks, RestToWork * real.GetElapsedTime(queried).Ticks));
                await Task.Delay(pause < left ? pause : left, real, waiting.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested
            && !cancellation.IsCancellationRequested)
        {
            throw new TwilioException(new(MessagingError.Unavailable, "The server is stopping"));
        }
    }
}
