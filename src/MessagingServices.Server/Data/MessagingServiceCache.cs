using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>The Messaging Services that messages are accepted through, from a <see cref="TtlCache{TKey,TValue}"/>.</summary>
internal sealed class MessagingServiceCache(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private readonly TtlCache<Sid, MessagingService> memory = new(sid => ReadAsync(databases, sid), real);

    /// <summary>Finds a Messaging Service, to be read and not changed; null when the account has none of that SID.</summary>
    public async ValueTask<MessagingService?> FindAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        await memory.GetAsync(sid, cancellation) is { } service && service.AccountSid == account ? service : null;

    /// <summary>A Messaging Service was changed or deleted, and that is committed.</summary>
    public void Forget(Sid sid) => memory.Forget(sid);

    /// <summary>All were removed, and that is committed.</summary>
    public void ForgetAll() => memory.ForgetAll();

    private static async Task<MessagingService?> ReadAsync(IDbContextFactory<MessagingDb> databases, Sid sid)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.MessagingServices.AsNoTracking().SingleOrDefaultAsync(service => service.Sid == sid);
    }
}
