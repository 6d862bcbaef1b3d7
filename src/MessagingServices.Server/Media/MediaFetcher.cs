using System.Collections.Concurrent;
using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Media;

/// <summary>The messages whose media this process fetches at the moment: bounded in all, and for each endpoint.</summary>
internal sealed partial class MediaFetcher(
    MessageMedia media, MediaResultWriter outcomes, EmulatorClock clock, PipelineSignals signals, ILogger<MediaFetcher> logger) : IHostedService
{
    /// <summary>The most messages at once.</summary>
    public const int Most = 64;

    /// <summary>The most messages at once from one endpoint.</summary>
    public const int MaxOfEndpoint = 8;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Sid, (string Endpoint, Task Fetch)> underWay = new();
    private volatile bool hasFailed;

    /// <summary>How many more may be started.</summary>
    public int Room => Most - underWay.Count;

    /// <summary>The messages.</summary>
    public IReadOnlyList<Sid> Messages => [.. underWay.Keys];

    /// <summary>How many more may be started from each endpoint that some are fetched from.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Quotas() =>
        [.. underWay.Values.CountBy(fetch => fetch.Endpoint).Select(lane => KeyValuePair.Create(lane.Key, Math.Max(0, MaxOfEndpoint - lane.Value)))];

    /// <summary>Whether one could not be recorded since this was asked last: its claim must be freed.</summary>
    public bool TakeFailure()
    {
        var failed = hasFailed;
        hasFailed = false;
        return failed;
    }

    /// <summary>Starts a claimed one.</summary>
    /// <param name="entry">The claim.</param>
    /// <param name="stopping">Cuts it off, as a crash would.</param>
    public void Start(QueuedMedia entry, CancellationToken stopping)
    {
        var start = new Task<Task>(() => FetchAsync(entry, stopping));
        underWay[entry.MessageSid] = (entry.Endpoint, start.Unwrap());
        start.Start(TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        // They are cut off with the stage; some may be writing.
        await Task.WhenAny(Task.WhenAll(underWay.Values.Select(fetch => fetch.Fetch)), Task.Delay(Grace, CancellationToken.None));

    private async Task FetchAsync(QueuedMedia entry, CancellationToken stopping)
    {
        try
        {
            await FetchOrSetAsideAsync(entry, stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Another server, or this one after its next start, fetches them again.
        }
        catch (Exception failure)
        {
            // The claim is freed after a pause, then it is tried again.
            hasFailed = true;
            LogNotRecorded(entry.MessageSid, failure);
        }
        finally
        {
            underWay.TryRemove(entry.MessageSid, out _);
            signals.Wake(WorkQueues.FetchMedia);
        }
    }

    private async Task FetchOrSetAsideAsync(QueuedMedia entry, CancellationToken stopping)
    {
        try
        {
            await FetchAndRecordAsync(entry, stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested && BatchStage.IsPoisonMessage(failure))
        {
            LogSetAside(entry.MessageSid, failure);
            await outcomes.QuarantineAsync(entry, clock.EffectiveTime(entry.Due));
        }
    }

    private async Task FetchAndRecordAsync(QueuedMedia entry, CancellationToken stopping)
    {
        var message = await outcomes.FindAsync(entry, stopping);
        if (message is null)
        {
            await outcomes.RecordAsync(entry, null, clock.GetUtcNow());
            return;
        }

        using var fetched = message.ValidUntil <= clock.EffectiveTime(entry.Due)
            ? FetchedMedia.None(MessagingError.ValidityPeriodExpired)
            : await media.FetchAsync(message, stopping);
        await outcomes.RecordAsync(entry, fetched, clock.EffectiveTime(entry.Due));
    }

    [LoggerMessage(LogLevel.Error, "How fetching the media of message {Message} ended cannot be recorded; they are fetched again")]
    private partial void LogNotRecorded(Sid message, Exception failure);

    [LoggerMessage(LogLevel.Error, "Message {Message} cannot be moved on from its media and is set aside")]
    private partial void LogSetAside(Sid message, Exception failure);
}
