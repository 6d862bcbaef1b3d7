using MessagingServices.Domain;
using MessagingServices.Domain.OptOuts;
using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Messaging;

/// <summary>Changes a Messaging Service's own keywords and replies. It holds at once, on every server.</summary>
public sealed class UpdateAdvancedOptOut(MessagingDb db)
{
    /// <summary>Changes; null when the account has no such Messaging Service.</summary>
    /// <exception cref="RefusedException">What <paramref name="change"/> refuses; nothing is changed then.</exception>
    public Task<AdvancedOptOut?> UpdateAsync(Sid account, Sid service, Func<AdvancedOptOut, Refusal?> change, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                if (await db.LockServiceAsync(account, service, cancellation) is null) return null;
                var settings = await db.AdvancedOptOuts.SingleOrDefaultAsync(present => present.MessagingServiceSid == service, cancellation);
                if (settings is null) db.Add(settings = new(service));
                if (change(settings) is { } refusal) throw new RefusedException(refusal);
                await db.SaveChangesAsync(cancellation);
                return settings;
            }, cancellation);
}
