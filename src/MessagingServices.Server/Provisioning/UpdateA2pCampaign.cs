using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Changes the A2P campaign of a Messaging Service.</summary>
internal sealed class UpdateA2pCampaign(MessagingDb db, EmulatorClock clock)
{
    /// <summary>Changes; null when the account has no such Messaging Service, or that no such campaign.</summary>
    public Task<A2pCampaign?> UpdateAsync(Sid account, Sid service, Sid sid, Action<A2pCampaign> change, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                if (await db.LockServiceAsync(account, service, cancellation) is null) return null;
                var campaign = await db.A2pCampaigns.SingleOrDefaultAsync(c => c.Sid == sid && c.MessagingServiceSid == service, cancellation);
                if (campaign is null) return null;
                change(campaign);
                campaign.DateUpdated = clock.GetUtcNow();
                await db.SaveChangesAsync(cancellation);
                return campaign;
            }, cancellation);
}
