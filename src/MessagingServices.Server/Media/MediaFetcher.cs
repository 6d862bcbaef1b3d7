using System.Collections.Concurrent;
using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Media;

/// <summary>
/// Fetches the media of several messages in parallel. The number of messages is limited, in total and per endpoint.
/// </summary>
internal sealed partial class MediaFetcher(
    MessageMediaDownload download, MediaResultWriter results, EmulatorClock clock, PipelineSignals signals,
    FailureLogs logs) : IHostedService
{
    /// <summary>The maximum number of messages at the same time.</summary>
    public const int MaxMessages = 64;

    /// <summary>The maximum number of messages at the same time per endpoint.</summary>
    public const int MaxPerEndpoint = 8;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Sid, (string Endpoint, Task Fetch)> running = new();
    private readonly ILogger logger = logs.Of<MediaFetcher>();
    private readonly ThrottledLog failures = logs.Of<MediaFetcher>("Storing fetched media");
    private volatile bool hasFailed;

    /// <summary>The number of messages that may be started now.</summary>
    public int Capacity => MaxMessages - running.Count;

    /// <summary>The messages whose media are being fetched.</summary>
    public IReadOnlyList<Sid> Messages => [.. running.Keys];

    /// <summary>
    /// Returns the number of messages that may be started now, for each endpoint from which media are being fetched.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, int>> Quotas() =>
    [
        .. running.Values.CountBy(fetch => fetch.Endpoint)
            .Select(endpoint => KeyValuePair.Create(endpoint.Key, Math.Max(0, MaxPerEndpoint - endpoint.Value))),
    ];

    /// <summary>
    /// Returns whether a result could not be recorded since the last call. Then the caller must release its claim.
    /// </summary>
    public bool TakeFailure()
    {
        var failed = hasFailed;
        hasFailed = false;
        return failed;
    }

    /// <summary>Starts to fetch the media of a claimed message.</summary>
    /// <param name="stopping">Cancels the fetch without recording a result, like a crash.</param>
    public void Start(QueuedMedia entry, CancellationToken stopping)
    {
        var start = new Task<Task>(() => FetchAsync(entry, stopping));
        running[entry.MessageSid] = (entry.Endpoint, start.Unwrap());
        start.Start(TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        // The stage has canceled the fetches. Some may still write their results.
        await Task.WhenAny(
            Task.WhenAll(running.Values.Select(fetch => fetch.Fetch)),
            Task.Delay(StopTimeout, CancellationToken.None));

    private async Task FetchAsync(QueuedMedia entry, CancellationToken stopping)
    {
        try
        {
            await FetchOrQuarantineAsync(entry, stopping);
            failures.Succeeded();
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Another server fetches the media again, or this server after its next start.
        }
        catch (Exception failure)
        {
            // The stage releases the claim after a pause. Then the media are fetched again.
            hasFailed = true;
            failures.Failed(failure);
        }
        finally
        {
            running.TryRemove(entry.MessageSid, out _);
            signals.Wake(WorkQueues.FetchMedia);
        }
    }

    private async Task FetchOrQuarantineAsync(QueuedMedia entry, CancellationToken stopping)
    {
        try
        {
            await FetchAndRecordAsync(entry, stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested && BatchStage.IsPoisonMessage(failure))
        {
            LogQuarantined(entry.MessageSid, failure);
            await results.QuarantineAsync(entry, clock.EffectiveTime(entry.AccountSid, entry.Due));
        }
    }

    private async Task FetchAndRecordAsync(QueuedMedia entry, CancellationToken stopping)
    {
        var message = await results.FindAsync(entry, stopping);
        if (message is null)
        {
            await results.RecordAsync(entry, null, clock.Now(entry.AccountSid));
            return;
        }

        using var fetched = message.ValidUntil <= clock.EffectiveTime(entry.AccountSid, entry.Due)
            ? FetchedMedia.None(MessagingError.ValidityPeriodExpired)
            : await download.FetchAsync(message, stopping);
        await results.RecordAsync(entry, fetched, clock.EffectiveTime(entry.AccountSid, entry.Due));
    }

    [LoggerMessage(LogLevel.Error, "Message {Message} cannot leave the media queue and is quarantined")]
    private partial void LogQuarantined(Sid message, Exception failure);
}
