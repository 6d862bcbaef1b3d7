using System.Diagnostics;
using MessagingServices.Server.Events;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Tells the other servers of changes for which they have listeners: at once after a pause, and at most 20 times a
/// second. A notice is a transaction of its own, so no message waits for it.
/// </summary>
internal sealed class SendEvents(EventNotices notices, EventBus bus, IEventEncoder encoder, FailureLogs logs)
    : BackgroundService
{
    private static readonly TimeSpan BetweenNotices = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastWithin = TimeSpan.FromMilliseconds(500);

    /// <summary>Other servers read ten times a second. A slower one notices that it has missed a row.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private readonly Queue<(long Number, long Written)> written = new();
    private readonly ThrottledLog failures = logs.Of<SendEvents>("Telling other servers of events");
    private long number;
    private long readThrough;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!bus.IsListening) return;
        using var patience = new CancellationTokenSource(LastWithin);
        try
        {
            await WriteAsync(EventNotice.Of(bus.Outbox.Take(), encoder, isLast: true), patience.Token);
        }
        catch (Exception failure)
        {
            // Listeners of the others get a resync.
            failures.Failed(failure);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await bus.Outbox.WaitAsync(stoppingToken);
                if (bus.Outbox.Take() is { Count: > 0 } changes)
                    await RetryAsync(EventNotice.Of(changes, encoder, isLast: false), stoppingToken);
                await Task.Delay(BetweenNotices, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // The number of the lost notice is not used again: the others notice that it is missing.
                number++;
                failures.Failed(failure);
            }
        }
    }

    private async Task RetryAsync(EventNotice notice, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await WriteAsync(notice, stopping);
                failures.Succeeded();
                return;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                // Changes that come meanwhile are merged. The row has its number, so it is written once.
                failures.Failed(failure);
                await Task.Delay(AfterFailure, stopping);
            }
        }
    }

    private async Task WriteAsync(EventNotice notice, CancellationToken cancellation)
    {
        while (written.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.Written) > Kept)
            readThrough = written.Dequeue().Number;
        await notices.WriteAsync(number + 1, notice.Write(), readThrough, cancellation);
        written.Enqueue((++number, Stopwatch.GetTimestamp()));
    }
}
