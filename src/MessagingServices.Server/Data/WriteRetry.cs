using Polly;
using Polly.Retry;

namespace MessagingServices.Server.Data;

/// <summary>
/// Repeats a write until the database accepts it: pauses from 50 ms, doubled up to 1 s, without a max number of
/// retries. The log contains its failures, throttled. It is thread-safe.
/// </summary>
internal sealed class WriteRetry
{
    private readonly ThrottledLog failures;
    private readonly ResiliencePipeline pipeline;

    /// <param name="failures">Receives the failures.</param>
    /// <param name="isRetried">Whether to retry after a failure; all others reach the caller.</param>
    public WriteRetry(ThrottledLog failures, Func<Exception, bool> isRetried)
    {
        this.failures = failures;
        pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(50),
            MaxDelay = TimeSpan.FromSeconds(1),
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is { } failure
                && !attempt.Context.CancellationToken.IsCancellationRequested && isRetried(failure)),
            OnRetry = attempt =>
            {
                failures.Failed(attempt.Outcome.Exception!);
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    /// <summary>Runs the write until it succeeds.</summary>
    /// <exception cref="OperationCanceledException">Canceled before the write succeeded.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> write, CancellationToken cancellation)
    {
        await pipeline.ExecuteAsync(async token => await write(token), cancellation);
        failures.Succeeded();
    }
}
