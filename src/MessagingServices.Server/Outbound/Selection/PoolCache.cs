using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>
/// Messaging Services with their pools, as the last selection left them. A transaction that has locked a service takes
/// its pool out, if no other transaction has changed it since, and puts it back after the commit. Thread-safe.
/// </summary>
internal sealed class PoolCache
{
    private const int MaxPools = 1000;

    private readonly ConcurrentDictionary<Sid, (ServicePool Pool, PoolVersion Version)> pools = new();

    /// <summary>Takes pools out, and reads the others.</summary>
    /// <param name="db">The transaction that has locked the services.</param>
    /// <param name="versions">The present versions, by Messaging Service.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public async Task<IReadOnlyCollection<ServicePool>> TakeAsync(
        MessagingDb db, IReadOnlyDictionary<Sid, PoolVersion> versions, CancellationToken cancellation)
    {
        List<ServicePool> taken = [];
        List<Sid> unknown = [];
        foreach (var (service, version) in versions)
        {
            if (pools.TryRemove(service, out var cached) && cached.Version.IsSameAs(version)) taken.Add(cached.Pool);
            else unknown.Add(service);
        }

        if (unknown.Count > 0) taken.AddRange(await ReadAsync(db, unknown, cancellation));
        return taken;
    }

    /// <summary>Puts a pool back after the commit, with its version after it.</summary>
    public void Put(ServicePool pool, PoolVersion version)
    {
        if (pools.Count >= MaxPools) pools.Clear();
        pools[pool.Service.Sid] = (pool, version);
    }

    /// <summary>Reads Messaging Services with their pools.</summary>
    /// <returns>Those that exist.</returns>
    public static async Task<IReadOnlyCollection<ServicePool>> ReadAsync(
        MessagingDb db, IReadOnlyCollection<Sid> services, CancellationToken cancellation)
    {
        var found = await db.MessagingServices.AsNoTracking().Where(service => services.Contains(service.Sid))
            .ToListAsync(cancellation);
        var members = (await db.PoolSenders.AsNoTracking()
            .Where(sender => services.Contains(sender.MessagingServiceSid))
            .OrderBy(sender => sender.Ordinal).ToListAsync(cancellation))
            .ToLookup(sender => sender.MessagingServiceSid);
        return [.. found.Select(service => new ServicePool(service, new(members[service.Sid])))];
    }
}

/// <summary>A Messaging Service and its sender pool.</summary>
internal sealed record ServicePool(MessagingService Service, SenderPool Pool);
