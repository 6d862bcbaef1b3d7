using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Ends the registration of a Messaging Service for application-to-person messages in the US.</summary>
internal sealed class DeleteA2pCampaign(MessagingDb db)
{
    /// <summary>Deletes; false when the account has no such Messaging Service, or that no such campaign.</summary>
    public Task<bool> DeleteAsync(Sid account, Sid service, Sid sid, CancellationToken cancellation) => db.InTransactionAsync(
        async () => await db.LockServiceAsync(account, service, cancellation) is not null
            && await db.A2pCampaigns.Where(campaign => campaign.Sid == sid && campaign.MessagingServiceSid == service)
                .ExecuteDeleteAsync(cancellation) == 1,
        cancellation);
}
