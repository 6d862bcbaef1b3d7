using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Provisioning;

/// <summary>Changes the settings of a Messaging Service. Messages that are under way keep what they were accepted with.</summary>
internal sealed class UpdateMessagingService(MessagingDb db, MessagingServiceCache directory, EmulatorClock clock)
{
    /// <summary>Changes; null when the account has no such Messaging Service.</summary>
    public async Task<MessagingService?> UpdateAsync(Sid account, Sid sid, Action<MessagingService> change, CancellationToken cancellation)
    {
        var changed = await db.InTransactionAsync(
            async () =>
            {
                var service = await db.LockServiceAsync(account, sid, cancellation);
                if (service is null) return null;
                change(service);
                service.DateUpdated = clock.GetUtcNow();
                await db.SaveChangesAsync(cancellation);
                return service;
            }, cancellation);
        directory.Invalidate(sid);
        return changed;
    }
}
