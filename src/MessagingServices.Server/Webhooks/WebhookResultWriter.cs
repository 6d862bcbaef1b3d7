using System.Diagnostics;
using System.Threading.Channels;
using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Stores the results of webhooks by group commit: at once after a pause, else those of 25 ms, or 400, together. A
/// failed write is retried until it succeeds. Until then the webhooks stay in the queue, so a crash repeats an
/// attempt and never loses a callback.
/// </summary>
internal sealed partial class WebhookResultWriter(
    WebhookResults results, EndpointLimiter limiter, PipelineSignals signals, FailureLogs logs,
    ILogger<WebhookResultWriter> logger)
{
    private const int EnoughForWrite = 400;
    private const int MaxBatch = 1000;
    private static readonly TimeSpan CollectTime = TimeSpan.FromMilliseconds(25);

    private readonly Channel<WebhookDelivery> pending =
        System.Threading.Channels.Channel.CreateBounded<WebhookDelivery>(
            new BoundedChannelOptions(2000) { SingleReader = true });

    private long lastWrite;

    private readonly WriteRetry retry = new(
        logs.Of<WebhookResultWriter>("Storing webhook results"),
        failure => failure is not PostgresException error || !error.IsRowError());

    /// <summary>Enqueues a result to be stored; waits while 2000 are pending.</summary>
    public ValueTask AddAsync(WebhookDelivery delivery, CancellationToken cancellation) =>
        pending.Writer.WriteAsync(delivery, cancellation);

    /// <summary>Accepts no more results: <see cref="RunAsync"/> ends when all are stored.</summary>
    public void Complete() => pending.Writer.TryComplete();

    /// <summary>Writes until <see cref="Complete"/> or the cancellation.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        List<WebhookDelivery> batch = [];
        while (await pending.Reader.WaitToReadAsync(cancellation))
        {
            await CollectAsync(batch, cancellation);
            await WriteAsync(batch, cancellation);
            lastWrite = Stopwatch.GetTimestamp();
            // The next webhooks of the same messages may be claimed now, unless this server delivers them from memory.
            if (limiter.Remove([.. batch.Select(delivery => delivery.Claim).OfType<ClaimedWebhook>()]))
                signals.Wake(WorkQueues.Webhooks);
            batch.Clear();
        }
    }

    private async Task CollectAsync(List<WebhookDelivery> batch, CancellationToken cancellation)
    {
        var left = CollectTime - Stopwatch.GetElapsedTime(lastWrite);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        try
        {
            do
            {
                while (batch.Count < MaxBatch && pending.Reader.TryRead(out var delivery)) batch.Add(delivery);
            }
            while (batch.Count < EnoughForWrite && await pending.Reader.WaitToReadAsync(timer.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }

    private async Task WriteAsync(List<WebhookDelivery> batch, CancellationToken cancellation)
    {
        try
        {
            await retry.RunAsync(token => results.RecordAsync(batch, token), cancellation);
        }
        catch (PostgresException refused) when (refused.IsRowError() && batch.Count > 1)
        {
            // The database rejects one row, which must not block the others.
            foreach (var delivery in batch) await WriteAsync([delivery], cancellation);
        }
        catch (PostgresException refused) when (refused.IsRowError())
        {
            LogRejected(batch[0].Sid, refused);
            // Without a stored result the webhook would be repeated forever, and block the message's next ones.
            if (WithoutTexts(batch[0]) is { } reduced) await WriteAsync([reduced], cancellation);
            else results.GiveUp(batch[0]);
        }
    }

    private static WebhookDelivery? WithoutTexts(WebhookDelivery delivery) =>
        delivery.Signature is null
            && delivery.Attempts.All(attempt => attempt is { Error: null, ResponseHeaders: null, ResponseBody: null })
            ? null
            : delivery with
            {
                Signature = null,
                Attempts = [.. delivery.Attempts.Select(attempt => attempt.WithoutResponse() with { Error = null })],
            };

    [LoggerMessage(LogLevel.Error, "The database rejects the result of webhook {Webhook}")]
    private partial void LogRejected(Sid webhook, Exception failure);
}
