using System.Diagnostics;
using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Media;

/// <summary>
/// Fetches the media of messages that have their sender, before they are handed to the carrier: claims the messages endpoint by endpoint and
/// hands them to <see cref="MediaFetcher"/>, without waiting for what comes of them.
/// </summary>
internal sealed class FetchMedia(NpgsqlDataSource database, MediaFetcher fetches, NodeId process, EmulatorClock clock) : PipelineStage
{
    /// <inheritdoc/>
    public override WorkQueues Queue => WorkQueues.FetchMedia;

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private string after = "";
    private bool mayHoldStrays;
    private long lastSweep = Stopwatch.GetTimestamp();

    /// <summary>Claims as many as there is room for and starts fetching.</summary>
    /// <returns>How many messages were claimed; their media are still on the way.</returns>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        await SweepAsync(cancellation);
        if (fetches.Room is not (> 0 and var room)) return 0;
        var strays = mayHoldStrays;
        mayHoldStrays = true;
        var claimed = await database.ClaimMediaAsync(
            process.Id, clock.GetUtcNow(), after, fetches.Quotas(), MediaFetcher.MaxOfEndpoint, room, cancellation);
        mayHoldStrays = strays;
        foreach (var entry in claimed) fetches.Start(entry, cancellation);
        // The next look begins behind where this one has found something, and from the beginning when it has found nothing.
        var began = after;
        after = claimed.Count > 0 ? claimed[^1].Endpoint : "";
        return claimed.Count > 0 || began.Length == 0 ? claimed.Count : await RunOnceAsync(cancellation);
    }

    /// <summary>
    /// Frees claims of this process that it does not know of, after a failure and from time to time: the answer to a claim may be lost, or the
    /// database be out when the media are there.
    /// </summary>
    private async Task SweepAsync(CancellationToken cancellation)
    {
        mayHoldStrays |= fetches.TakeFailure();
        if (Stopwatch.GetElapsedTime(lastSweep) < (mayHoldStrays ? AfterFailure : BetweenSweeps)) return;
        await database.ReleaseMediaAsync(process.Id, fetches.Messages, cancellation);
        mayHoldStrays = false;
        lastSweep = Stopwatch.GetTimestamp();
    }
}
