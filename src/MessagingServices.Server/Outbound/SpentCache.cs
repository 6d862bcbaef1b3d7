using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound;

/// <summary>
/// Remembers for some seconds what accounts have spent. The sum reads all messages of an account, and health checks ask
/// for it often.
/// </summary>
internal sealed class SpentCache(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(5);

    private readonly TtlCache<Sid, Spent> cache =
        new(sids => ReadAsync(databases, sids.Single()), real, TimeToLive, maxKeys: 1);

    /// <summary>What an account has spent since it was created, in US dollars; at most five seconds old.</summary>
    public async ValueTask<decimal> GetAsync(Sid account, CancellationToken cancellation) =>
        (await cache.GetAsync(account, cancellation))!.Sum;

    /// <summary>Call this after the commit that removed the account's messages.</summary>
    public void Invalidate(Sid account) => cache.Invalidate(account);

    private static async Task<Dictionary<Sid, Spent>> ReadAsync(
        IDbContextFactory<MessagingDb> databases, Sid account)
    {
        await using var db = await databases.CreateDbContextAsync();
        return new() { [account] = new(await db.ReadSpentAsync(account, CancellationToken.None)) };
    }

    private sealed record Spent(decimal Sum);
}
