using System.Collections.Concurrent;
using MessagingServices.Domain;
using MessagingServices.Domain.Services;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Persistence;

/// <summary>
/// The Messaging Services that messages are accepted through. What was read is believed for a second, so that accepting a message costs no
/// query; what this server changes or deletes it believes no longer at once, the others within that second.
/// </summary>
public sealed class MessagingServiceDirectory(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Sid, (MessagingService Service, long ReadAt)> remembered = new();
    private long changes;

    /// <summary>Finds a Messaging Service, to be read and not changed; null when the account has none of that SID.</summary>
    public async ValueTask<MessagingService?> FindAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        if (remembered.TryGetValue(sid, out var known) && real.GetElapsedTime(known.ReadAt) < Freshness) return Of(known.Service);
        var (before, readAt) = (Interlocked.Read(ref changes), real.GetTimestamp());
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var service = await db.MessagingServices.AsNoTracking().SingleOrDefaultAsync(s => s.Sid == sid, cancellation);
        // Unknown SIDs are not remembered: there are more of them than memory. Nor is what was read while something changed.
        if (service is null || Interlocked.Read(ref changes) != before) return Of(service);
        if (remembered.Count >= MostRemembered) remembered.Clear();
        remembered[sid] = (service, readAt);
        return Of(service);

        MessagingService? Of(MessagingService? found) => found?.AccountSid == account ? found : null;
    }

    /// <summary>A Messaging Service was changed or deleted, and that is committed.</summary>
    public void Forget(Sid sid)
    {
        Interlocked.Increment(ref changes);
        remembered.TryRemove(sid, out _);
    }

    /// <summary>Everything was removed, and that is committed.</summary>
    public void ForgetAll()
    {
        Interlocked.Increment(ref changes);
        remembered.Clear();
    }
}
