using MessagingServices.Server.Engine;
using MessagingServices.Server.Telemetry;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>This process's claims on the webhooks that are owed.</summary>
internal sealed class WebhookQueue(
    NpgsqlDataSource dataSource, IDbContextFactory<MessagingDb> databases, AccountCache accounts, NodeId process,
    WebhookTelemetry telemetry)
{
    /// <summary>Claims what may be posted, and loads it. After an exception claims may be left that nobody knows of.</summary>
    /// <param name="after">Only endpoints that come after this one; empty for the first.</param>
    /// <param name="quotas">How many to claim of each endpoint; 1 of those that are not named.</param>
    /// <param name="most">How many to claim in all.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public async Task<ClaimBatch> ClaimAsync(string after, IReadOnlyList<ClaimQuota> quotas, int most, CancellationToken cancellation)
    {
        var claim = await dataSource.ClaimWebhooksAsync(process.Id, after, quotas, most, cancellation);
        List<string> sids = [.. claim.Lanes.SelectMany(lane => lane.Webhooks).Select(sid => sid.Value)];
        if (sids.Count == 0) return new([.. claim.Lanes.Select(lane => new EndpointClaim(lane.Endpoint, [], lane.Filled, lane.LookAfter))], [], claim.Next);

        await using var db = await databases.CreateDbContextAsync(cancellation);
        // One by one, for which PostgreSQL takes the index even when it plans for an empty table; asked for all at once it may go on reading
        // the whole table for every claim.
        var webhooks = await db.Webhooks.FromSql(
            $"""
             SELECT webhook.* FROM unnest({sids.ToArray()}) AS claimed (sid)
             CROSS JOIN LATERAL (SELECT * FROM webhooks WHERE sid = claimed.sid OFFSET 0) AS webhook
             """).AsNoTracking().ToDictionaryAsync(webhook => webhook.Sid, cancellation);
        List<Sid> orphans = [];
        List<EndpointClaim> lanes = [];
        foreach (var lane in claim.Lanes)
        {
            List<ClaimedWebhook> claimed = [];
            foreach (var sid in lane.Webhooks)
            {
                if (webhooks.TryGetValue(sid, out var webhook) && await accounts.FindAsync(webhook.AccountSid, cancellation) is { } signer)
                    claimed.Add(new(webhook, lane.Endpoint, signer.AuthToken));
                else
                    orphans.Add(sid);
            }

            lanes.Add(new(lane.Endpoint, claimed, lane.Filled, lane.LookAfter));
        }

        return new(lanes, orphans, claim.Next);
    }

    /// <summary>Records webhooks that were made, and ends their claims; not those whose claims somebody else has taken over.</summary>
    public async Task RecordAsync(IReadOnlyList<PostedWebhook> posted, CancellationToken cancellation)
    {
        var recorded = await dataSource.RecordAsync(process.Id, posted, cancellation);
        telemetry.Recorded(posted.Where(webhook => recorded.Contains(webhook.Sid)));
    }

    /// <summary>Frees claims on webhooks that are not posted for now.</summary>
    public Task ReleaseAsync(IReadOnlyList<Sid> webhooks, CancellationToken cancellation) =>
        dataSource.ReleaseAsync(process.Id, webhooks, cancellation);

    /// <summary>Frees the claims of this process that it does not know of.</summary>
    /// <param name="held">Those that it does know of.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public Task ReleaseAllButAsync(IReadOnlyList<Sid> held, CancellationToken cancellation) =>
        dataSource.ReleaseAllButAsync(process.Id, held, cancellation);
}

/// <summary>What one look into the queue brought.</summary>
/// <param name="Lanes">Every endpoint that was looked into.</param>
/// <param name="Orphans">Claimed webhooks that cannot be posted, since they themselves or their account were removed.</param>
/// <param name="Next">After which endpoint the next look goes on; empty when there are no more.</param>
internal sealed record ClaimBatch(IReadOnlyList<EndpointClaim> Lanes, IReadOnlyList<Sid> Orphans, string Next)
{
    /// <summary>How many were claimed.</summary>
    public int Claimed => Lanes.Sum(lane => lane.Webhooks.Count) + Orphans.Count;
}

/// <summary>What one look brought for one endpoint.</summary>
/// <param name="Endpoint">Scheme, host and port.</param>
/// <param name="Webhooks">What was claimed, in its order.</param>
/// <param name="Filled">Whether the claim took all that it was allowed to.</param>
/// <param name="LookAfter">The ordinal behind which to look next, where nothing more was free so far; 0 for the beginning.</param>
internal sealed record EndpointClaim(string Endpoint, IReadOnlyList<ClaimedWebhook> Webhooks, bool Filled, long LookAfter);
