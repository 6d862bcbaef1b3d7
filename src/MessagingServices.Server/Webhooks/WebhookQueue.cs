using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>The outbox of webhooks, with the claims of this process.</summary>
internal sealed class WebhookQueue(
    NpgsqlDataSource dataSource, IDbContextFactory<MessagingDb> databases, AccountCache accounts, NodeId node,
    WebhookFaults faults)
{
    /// <summary>
    /// Claims webhooks and loads them. If it throws, the database may have claims that this process does not know.
    /// </summary>
    /// <inheritdoc cref="WebhookClaims.ClaimWebhooksAsync"/>
    public async Task<ClaimBatch> ClaimAsync(
        string after, IReadOnlyList<ClaimQuota> quotas, int max, CancellationToken cancellation)
    {
        var claim = await dataSource.ClaimWebhooksAsync(node.Id, after, quotas, max, cancellation);
        if (claim.Count == 0) return claim;

        var webhooks = await LoadAsync(claim, cancellation);
        var owners = await accounts.FindAllAsync(
            webhooks.Values.Select(webhook => webhook.AccountSid), cancellation);
        List<EndpointClaim> endpoints = [];
        List<ClaimedWebhook> toDecide = [];
        foreach (var endpoint in claim.Endpoints)
        {
            List<ClaimedWebhook> loaded = [];
            foreach (var (sid, step) in endpoint.Sids.Zip(endpoint.Steps))
            {
                if (webhooks.TryGetValue(sid, out var webhook)
                    && owners.GetValueOrDefault(webhook.AccountSid) is { } account)
                {
                    ClaimedWebhook claimed = new(webhook, endpoint.Endpoint, account.AuthToken)
                    {
                        Step = step.Step,
                        HoldsOthers = step.HoldsOthers,
                    };
                    loaded.Add(claimed);
                    if (WebhookFaults.Concern(claimed, account)) toDecide.Add(claimed);
                }
            }

            endpoints.Add(endpoint with { Webhooks = loaded });
        }

        if (toDecide.Count == 0) return claim with { Endpoints = endpoints };
        var released = await faults.DecideAsync(toDecide, cancellation);
        return claim with
        {
            Endpoints = [.. endpoints.Select(endpoint => endpoint.Without(released))],
            PutAside = released.Count,
        };
    }

    /// <summary>Releases claims of this process on webhooks that it does not send now.</summary>
    public Task ReleaseAsync(IReadOnlyList<Sid> webhooks, CancellationToken cancellation) =>
        dataSource.ReleaseAsync(node.Id, webhooks, cancellation);

    /// <summary>Releases the claims that the database has for this process and this process does not know.</summary>
    /// <param name="known">
    /// Reads the known claims. It is called after the database was read: this process knows each claim before its
    /// commit, so a claim that is committed meanwhile is not released.
    /// </param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task ReleaseUnknownAsync(Func<IEnumerable<Sid>> known, CancellationToken cancellation)
    {
        var claimed = await dataSource.ReadClaimsAsync(node.Id, cancellation);
        await ReleaseAsync([.. claimed.Except(known())], cancellation);
    }

    private async Task<Dictionary<Sid, Webhook>> LoadAsync(ClaimBatch claim, CancellationToken cancellation)
    {
        string[] sids = [.. claim.Endpoints.SelectMany(endpoint => endpoint.Sids).Select(sid => sid.Value)];
        await using var db = await databases.CreateDbContextAsync(cancellation);
        // LATERAL makes PostgreSQL use the index even when it plans for an empty table. With IN it may read the whole
        // table for every claim.
        return await db.Webhooks.FromSql(
            $"""
             SELECT webhook.* FROM unnest({sids}) AS claimed (sid)
             CROSS JOIN LATERAL (SELECT * FROM webhooks WHERE sid = claimed.sid OFFSET 0) AS webhook
             """).AsNoTracking().ToDictionaryAsync(webhook => webhook.Sid, cancellation);
    }
}
