using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Provisioning;

/// <summary>Changes the settings of a short code.</summary>
internal sealed class UpdateShortCode(MessagingDb db, EmulatorClock clock)
{
    /// <summary>Changes; null when the account has no such short code.</summary>
    public Task<ShortCode?> UpdateAsync(Sid account, Sid sid, Action<ShortCode> change, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                var shortCode = await db.LockShortCodeAsync(account, sid, cancellation);
                if (shortCode is null) return null;
                change(shortCode);
                shortCode.DateUpdated = clock.GetUtcNow();
                await db.SaveChangesAsync(cancellation);
                return shortCode;
            }, cancellation);
}
