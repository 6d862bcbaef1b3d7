using MessagingServices.Domain;
using MessagingServices.Domain.Services;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Persistence;

/// <summary>The Messaging Services that messages are accepted through, from a <see cref="BriefMemory{TKey,TValue}"/>.</summary>
public sealed class MessagingServiceDirectory(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private readonly BriefMemory<Sid, MessagingService> memory = new(real);

    /// <summary>Finds a Messaging Service, to be read and not changed; null when the account has none of that SID.</summary>
    public async ValueTask<MessagingService?> FindAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        if (!memory.TryGet(sid, out var service)) service = await ReadAsync(sid, cancellation);
        return service?.AccountSid == account ? service : null;
    }

    /// <summary>A Messaging Service was changed or deleted, and that is committed.</summary>
    public void Forget(Sid sid) => memory.Forget(sid);

    /// <summary>All were removed, and that is committed.</summary>
    public void ForgetAll() => memory.ForgetAll();

    private async Task<MessagingService?> ReadAsync(Sid sid, CancellationToken cancellation)
    {
        var reading = memory.Begin();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var service = await db.MessagingServices.AsNoTracking().SingleOrDefaultAsync(s => s.Sid == sid, cancellation);
        // Unknown SIDs are not remembered: there are more of them than memory.
        if (service is not null) memory.Remember(sid, service, reading);
        return service;
    }
}
