using System.Collections.Concurrent;
using System.Collections.Frozen;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Sends claimed webhooks, as many at once as <see cref="EndpointLimiter"/> allows, and has their results stored.
/// </summary>
internal sealed class WebhookDispatcher(
    EndpointLimiter limiter, IEnumerable<IWebhookProtocol> protocols, WebhookResultWriter writer,
    PipelineSignals signals, ExhaustedWebhookLog exhausted)
    : IHostedLifecycleService, IDisposable
{
    // Together they leave most of the 5 s in which the whole server stops.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromMilliseconds(1000);

    private readonly FrozenDictionary<WebhookKind, IWebhookProtocol> protocols = Enum.GetValues<WebhookKind>()
        .ToFrozenDictionary(kind => kind, kind => protocols.Single(protocol => protocol.Handles(kind)));

    private readonly ConcurrentDictionary<ClaimedWebhook, Task> inFlight = new();
    private readonly CancellationTokenSource writing = new();
    private Task writerRun = Task.CompletedTask;
    private volatile CancellationTokenSource requests = new();
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
            // Read before the webhook is taken: a webhook taken before a reset has the token that the reset cancels.
            var cancellation = requests.Token;
            if (!limiter.TryStart(out var next, out var started)) return;
            var start = new Task<Task>(() => DeliverAsync(next, started, cancellation));
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
    /// Releases all claims that wait, and cancels the requests in flight: their messages were removed.
    /// </summary>
    public async Task CancelAllAsync()
    {
        limiter.ReleaseWaiting();
        // Not disposed: another thread may read its token at this moment.
        var canceled = Interlocked.Exchange(ref requests, new());
        var deliveries = Task.WhenAll(inFlight.Values);
        await canceled.CancelAsync();
        await WaitAsync(deliveries, CancelTimeout);
        signals.Wake(WorkQueues.Webhooks);
    }

    private async Task DeliverAsync(ClaimedWebhook claim, long started, CancellationToken cancellation)
    {
        bool? hasResponded = null;
        try
        {
            var (delivery, storeAsync) = await protocols[claim.Webhook.Kind].DeliverAsync(claim, cancellation);
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
        await requests.CancelAsync();
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
    public void Dispose()
    {
        requests.Dispose();
        writing.Dispose();
    }

    private static async Task WaitAsync(Task task, TimeSpan max) => await Task.WhenAny(task, Task.Delay(max));
}
