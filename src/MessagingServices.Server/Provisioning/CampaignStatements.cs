using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Queries for A2P campaigns.</summary>
internal static class CampaignStatements
{
    /// <summary>The senders that are in a pool whose Messaging Service has a campaign.</summary>
    public static async Task<HashSet<(Sid Account, string Address)>> FindWithCampaignAsync(
        this MessagingDb db, IReadOnlyCollection<(Sid Account, string Address)> senders, CancellationToken cancellation)
    {
        var accounts = senders.Select(sender => sender.Account).Distinct().ToList();
        var addresses = senders.Select(sender => sender.Address).Distinct().ToList();
        var found = await db.PoolSenders
            .Where(sender => accounts.Contains(sender.AccountSid) && addresses.Contains(sender.Address)
                && db.A2pCampaigns.Any(campaign => campaign.MessagingServiceSid == sender.MessagingServiceSid))
            .Select(sender => new { sender.AccountSid, sender.Address }).ToListAsync(cancellation);
        return [.. found.Select(sender => (sender.AccountSid, sender.Address))];
    }
}
