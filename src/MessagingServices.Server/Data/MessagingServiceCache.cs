using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>
/// Caches Messaging Services in a <see cref="TtlCache{TKey,TValue}"/>, so that accepting a message needs no query for
/// them.
/// </summary>
internal sealed class MessagingServiceCache(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private readonly TtlCache<Sid, MessagingService> cache = new(sid => ReadAsync(databases, sid), real);

    /// <summary>
    /// Finds a Messaging Service; null when the account has none with this SID. Callers must not change the object.
    /// </summary>
    public async ValueTask<MessagingService?> FindAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        await cache.GetAsync(sid, cancellation) is { } service && service.AccountSid == account ? service : null;

    /// <summary>Call this after the commit that changed or deleted a Messaging Service.</summary>
    public void Invalidate(Sid sid) => cache.Invalidate(sid);

    /// <summary>Call this after the commit that removed all Messaging Services.</summary>
    public void InvalidateAll() => cache.InvalidateAll();

    private static async Task<MessagingService?> ReadAsync(IDbContextFactory<MessagingDb> databases, Sid sid)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.MessagingServices.AsNoTracking().SingleOrDefaultAsync(service => service.Sid == sid);
    }
}
