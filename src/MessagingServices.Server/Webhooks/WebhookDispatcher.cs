using System.Collections.Concurrent;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Sends claimed webhooks, as many at once as <see cref="EndpointLimiter"/> allows, and has their results stored.
/// </summary>
internal sealed class WebhookDispatcher(
    EndpointLimiter limiter, WebhookProtocols protocols, WebhookResultWriter writer, PipelineSignals signals,
    ExhaustedWebhookLog exhausted)
    : IHostedLifecycleService, IDisposable
{
    // Together they leave most of the 5 s in which the whole server stops.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromMilliseconds(1000);

    private readonly ConcurrentDictionary<ClaimedWebhook, Task> inFlight = new();
    private readonly CancellationTokenSource writing = new();
    private Task writerRun = Task.CompletedTask;
    private volatile bool isStopping;

    /// <summary>Whether the server stops: no more requests start.</summary>
    public bool IsStopping => isStopping;

    /// <summary>
    /// Starts the requests that the limiter allows. Call it after webhooks were added to the limiter.
    /// </summary>
    public void StartNext()
    {
        while (!IsStopping)
        {
            if (!limiter.TryStart(out var next, out var started)) return;
            var start = new Task<Task>(() => DeliverAsync(next, started));
            inFlight[next] = start.Unwrap();
            start.Start(TaskScheduler.Default);
        }
    }

    /// <summary>Removes a webhook from the queue that cannot be sent, because it or its account was removed.</summary>
    public ValueTask DropAsync(Sid webhook, CancellationToken cancellation) =>
        writer.AddAsync(WebhookDelivery.Dropped(webhook), cancellation);

    /// <summary>
    /// Releases all claims that wait. Another server may have taken them over. Requests in flight continue.
    /// </summary>
    public void ReleaseWaiting()
    {
        limiter.ReleaseWaiting();
        // The stage releases them in the database, too.
        signals.Wake(WorkQueues.Webhooks);
    }

    /// <summary>
    /// Releases claims that wait, and cancels their requests in flight. When the task ends, no request of them runs.
    /// </summary>
    public async Task CancelAsync(IReadOnlyList<ClaimedWebhook> claims)
    {
        if (claims.Count == 0) return;
        limiter.ReleaseWaiting(claims.ToHashSet());
        // A claim that is taken from the limiter and not in flight yet finds that it is canceled.
        foreach (var claim in claims) await claim.Cancellation.CancelAsync();
        await WaitAsync(Task.WhenAll(claims.Select(claim => inFlight.GetValueOrDefault(claim) ?? Task.CompletedTask)),
            CancelTimeout);
        signals.Wake(WorkQueues.Webhooks);
    }

    private async Task DeliverAsync(ClaimedWebhook claim, long started)
    {
        var cancellation = claim.Cancellation.Token;
        bool? hasResponded = null;
        try
        {
            if (await protocols.DeliverAsync(claim, cancellation) is not var (delivery, storeAsync)) return;
            hasResponded = delivery.HasResponded;
            if (delivery.Outcome == WebhookOutcome.Failed)
                exhausted.Add(claim.Endpoint, delivery.ErrorCode, delivery.ServerError);
            await storeAsync(writing.Token);
            limiter.Continue(claim);
        }
        catch (Exception) when (IsStopping)
        {
            // As after a crash: the webhook stays in the queue, and the server releases its claim when it leaves.
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            limiter.Release(claim);
        }
        catch (Exception failure)
        {
            // It is repeated: the stage releases the message, or the claim that this process does not know any more.
            limiter.Forget(claim);
            exhausted.AddRepeated(claim.Endpoint, failure);
        }
        finally
        {
            inFlight.TryRemove(claim, out _);
            if (limiter.End(claim, started, hasResponded)) signals.Wake(WorkQueues.Webhooks);
            StartNext();
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        limiter.OwnedAdded += StartNext;
        writerRun = Task.Run(() => writer.RunAsync(writing.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Runs before anything else of the server stops: lets the requests in flight end, cancels the rest, and writes the
    /// results. It takes 3 s at most.
    /// </summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        isStopping = true;
        limiter.StopOwning();
        var deliveries = Task.WhenAll(inFlight.Values);
        await WaitAsync(deliveries, DrainTimeout);
        foreach (var claim in inFlight.Keys) await claim.Cancellation.CancelAsync();
        await WaitAsync(deliveries, WriteTimeout / 2);
        writer.Complete();
        await WaitAsync(writerRun, WriteTimeout);
        await writing.CancelAsync();
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => writing.Cancel();

    private static async Task WaitAsync(Task task, TimeSpan max) => await Task.WhenAny(task, Task.Delay(max));
}
