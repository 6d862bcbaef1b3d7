using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Creates, changes and deletes Messaging Services.</summary>
internal sealed class MessagingServiceUseCases(
    MessagingDb db, MessagingServiceCache cache, SidSource sids, EmulatorClock clock)
{
    /// <summary>Creates a Messaging Service with an empty sender pool.</summary>
    /// <param name="account">The account that owns it.</param>
    /// <param name="friendlyName">A name for people, at most 64 characters.</param>
    /// <param name="configure">Sets the values that differ from the defaults.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<MessagingService> CreateAsync(
        Sid account, string friendlyName, Action<MessagingService> configure, CancellationToken cancellation)
    {
        var service = new MessagingService(sids.New(SidPrefix.MessagingService), account, friendlyName,
            clock.Now(account));
        configure(service);
        db.Add(service);
        await db.SaveChangesAsync(cancellation);
        return service;
    }

    /// <summary>
    /// Changes the settings. Messages that the server has accepted keep the settings that they were accepted with.
    /// </summary>
    /// <returns>Null when the account has no such Messaging Service.</returns>
    public async Task<MessagingService?> UpdateAsync(
        Sid account, Sid sid, Action<MessagingService> change, CancellationToken cancellation)
    {
        var changed = await db.UpdateAsync(
            () => db.LockAsync<MessagingService>(account, sid, cancellation), change, clock.Of(account), cancellation);
        cache.Invalidate(account, sid);
        return changed;
    }

    /// <summary>
    /// Deletes a Messaging Service with its sender pool and its opt-outs. The account keeps the phone numbers and the
    /// messages.
    /// </summary>
    /// <returns>False when the account has no such Messaging Service.</returns>
    public async Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        var deleted = await db.InTransactionAsync(
            async () =>
            {
                if (await db.LockAsync<MessagingService>(account, sid, cancellation) is null) return false;
                await db.RemoveOptOutsAsync(account, recipient: null, channel: null, sid.Value, cancellation);
                return await db.MessagingServices.Where(service => service.Sid == sid)
                    .ExecuteDeleteAsync(cancellation) == 1;
            }, cancellation);
        cache.Invalidate(account, sid);
        return deleted;
    }
}
