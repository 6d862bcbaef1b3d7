using System.Collections.Concurrent;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Posts claimed webhooks, as many at once as <see cref="EndpointLimiter"/> allows, and has what came of them recorded.
/// </summary>
internal sealed class WebhookDispatcher(
    EndpointLimiter lanes, DeliverWebhook post, WebhookResultWriter writer, PipelineSignals signals, ExhaustedWebhookLog givenUp)
    : IHostedLifecycleService, IDisposable
{
    // Together they leave most of the 5 s in which the whole server stops.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan CuttingOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWrites = TimeSpan.FromMilliseconds(1000);

    private readonly ConcurrentDictionary<ClaimedWebhook, Task> underWay = new();
    private readonly CancellationTokenSource writingEnds = new();
    private Task writing = Task.CompletedTask;
    private volatile CancellationTokenSource cutOff = new();
    private volatile bool isStopping;

    /// <summary>Whether nothing is started any more, since the server stops.</summary>
    public bool IsStopping => isStopping;

    /// <summary>Starts what may be started; called after webhooks were added to the lanes.</summary>
    public void StartNext()
    {
        while (!IsStopping)
        {
            // Read before: whatever is taken before a reset empties the lanes has the token that the reset cancels.
            var cut = cutOff.Token;
            if (!lanes.TryStart(out var next, out var started)) return;
            var start = new Task<Task>(() => PostAsync(next, started, cut));
            underWay[next] = start.Unwrap();
            start.Start(TaskScheduler.Default);
        }
    }

    /// <summary>Takes a webhook that cannot be posted, for its account is gone or it is gone itself, out of the queue.</summary>
    public ValueTask GiveUpAsync(Sid webhook, CancellationToken cancellation) =>
        writer.AddAsync(new(webhook, null, [], WebhookOutcome.Failed), cancellation);

    /// <summary>Forgets everything that waits for its turn, for its claims may be somebody else's by now; what is under way goes on.</summary>
    public void DropWaiting()
    {
        lanes.DropWaiting();
        // Frees the claims that are still ours.
        signals.Wake(WorkQueues.Webhooks);
    }

    /// <summary>The messages are removed: forgets everything that waits for its turn and cuts off what is under way.</summary>
    public async Task DropAllAsync()
    {
        lanes.DropWaiting();
        // Not disposed, for its token may be read at this moment.
        var old = Interlocked.Exchange(ref cutOff, new());
        var posts = Task.WhenAll(underWay.Values);
        await old.CancelAsync();
        await WaitAsync(posts, CuttingOff);
        signals.Wake(WorkQueues.Webhooks);
    }

    private async Task PostAsync(ClaimedWebhook claimed, long started, CancellationToken cut)
    {
        bool? answered = null;
        try
        {
            var made = await post.RequestAsync(claimed, cut);
            answered = made.WasAnswered;
            if (made.Posted.Outcome == WebhookOutcome.Failed) givenUp.Add(claimed.Endpoint, made.ErrorCode, made.OwnError);
            await post.RecordAsync(made, writingEnds.Token);
        }
        catch (Exception) when (IsStopping)
        {
            // As after a crash: the webhook stays in the queue, and its claim is freed when the server leaves.
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            lanes.GiveUp(claimed);
        }
        catch (Exception failure)
        {
            // Not known to us any more, the claim is freed by the stage, and the webhook is made again.
            lanes.Forget([claimed]);
            givenUp.Add(claimed.Endpoint, null, failure);
        }
        finally
        {
            underWay.TryRemove(claimed, out _);
            if (lanes.End(claimed, started, answered)) signals.Wake(WorkQueues.Webhooks);
            StartNext();
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        writing = Task.Run(() => writer.RunAsync(writingEnds.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Before anything else of the server stops: starts no more, gives the requests under way a moment, cuts off the rest, and writes what
    /// came of them. Takes 3 s at most.
    /// </summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        isStopping = true;
        var posts = Task.WhenAll(underWay.Values);
        await WaitAsync(posts, Grace);
        await cutOff.CancelAsync();
        await WaitAsync(posts, LastWrites / 2);
        writer.Complete();
        await WaitAsync(writing, LastWrites);
        await writingEnds.CancelAsync();
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
        cutOff.Dispose();
        writingEnds.Dispose();
    }

    private static async Task WaitAsync(Task task, TimeSpan longest) => await Task.WhenAny(task, Task.Delay(longest));
}
