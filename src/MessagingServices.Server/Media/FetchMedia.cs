using System.Diagnostics;
using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Media;

/// <summary>
/// Fetches the media of messages: of outbound messages before the carrier gets them, of inbound messages before they
/// are routed. It claims messages endpoint by endpoint and passes them to <see cref="MediaFetcher"/>. It does not wait
/// for the results.
/// </summary>
internal sealed class FetchMedia(
    NpgsqlDataSource database, MediaFetcher fetcher, NodeId node) : PipelineStage
{
    /// <inheritdoc/>
    public override WorkQueues Queue => WorkQueues.FetchMedia;

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private string afterEndpoint = "";
    private bool mayHaveLostClaims;
    private long lastSweep = Stopwatch.GetTimestamp();

    /// <summary>Claims as many messages as the fetcher has capacity for, and starts to fetch their media.</summary>
    /// <returns>The number of claimed messages.</returns>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        await SweepAsync(cancellation);
        if (fetcher.Capacity is not (> 0 and var capacity)) return 0;
        // If the claim throws, the database may still have stored it.
        var before = mayHaveLostClaims;
        mayHaveLostClaims = true;
        var claimed = await database.ClaimMediaAsync(
            node.Id, afterEndpoint, fetcher.Quotas(), MediaFetcher.MaxPerEndpoint, capacity,
            cancellation);
        mayHaveLostClaims = before;
        foreach (var entry in claimed) fetcher.Start(entry, cancellation);
        // The next claim begins after the last endpoint of this one. If this one is empty, it begins at the first.
        var began = afterEndpoint;
        afterEndpoint = claimed.Count > 0 ? claimed[^1].Endpoint : "";
        return claimed.Count > 0 || began.Length == 0 ? claimed.Count : await RunOnceAsync(cancellation);
    }

    /// <summary>
    /// Releases claims that the fetcher does not work on, after a failure and every ten seconds. The response to a
    /// claim may be lost. Or the database may be unavailable when a result is stored.
    /// </summary>
    private async Task SweepAsync(CancellationToken cancellation)
    {
        mayHaveLostClaims |= fetcher.TakeFailure();
        if (Stopwatch.GetElapsedTime(lastSweep) < (mayHaveLostClaims ? AfterFailure : BetweenSweeps)) return;
        await database.ReleaseMediaAsync(node.Id, fetcher.Messages, cancellation);
        mayHaveLostClaims = false;
        lastSweep = Stopwatch.GetTimestamp();
    }
}
