namespace MessagingServices.Server.Engine;

/// <summary>
/// Asks the database again and again, so that it does not matter which server does what is waited for. Waiting is in real time and
/// holds no connection.
/// </summary>
internal sealed class Polling(TimeProvider real, IHostApplicationLifetime lifetime)
{
    private const int RestToWork = 4;

    /// <summary>Asks until an answer is accepted or the time is over, and once more then.</summary>
    /// <param name="ask">The query.</param>
    /// <param name="accept">Whether the answer is the one waited for.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="rest">The pause between two queries; longer when the query is slow, so that it takes a fifth of the time at most.</param>
    /// <param name="cancellation">Ends the wait: the caller has gone.</param>
    /// <returns>The last answer, accepted or not.</returns>
    /// <exception cref="TwilioException">20503 when the server stops meanwhile.</exception>
    public async Task<T> UntilAsync<T>(
        Func<CancellationToken, Task<T>> ask, Func<T, bool> accept, TimeSpan patience, TimeSpan rest, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var began = real.GetTimestamp();
        try
        {
            while (true)
            {
                var asked = real.GetTimestamp();
                var answer = await ask(waiting.Token);
                var left = patience - real.GetElapsedTime(began);
                if (accept(answer) || left <= TimeSpan.Zero) return answer;
                var pause = TimeSpan.FromTicks(Math.Max(rest.Ticks, RestToWork * real.GetElapsedTime(asked).Ticks));
                await Task.Delay(pause < left ? pause : left, real, waiting.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TwilioException(new(MessagingError.Unavailable, "The server is stopping"));
        }
    }
}
