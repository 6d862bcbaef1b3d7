using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>
/// Caches the accounts' Auth Tokens in a <see cref="TtlCache{TKey,TValue}"/>. Callers authenticate with them, and the
/// server signs webhooks with them.
/// </summary>
internal sealed class AccountCache(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private readonly TtlCache<Sid, CachedAccount> cache = new(sid => ReadAsync(databases, sid), real);

    /// <summary>Finds an account; null when no account has the SID.</summary>
    public ValueTask<CachedAccount?> FindAsync(Sid sid, CancellationToken cancellation) =>
        cache.GetAsync(sid, cancellation);

    /// <summary>Finds an account in memory; null when that needs a read.</summary>
    public CachedAccount? FindCached(Sid sid) => cache.FindCached(sid);

    /// <summary>Reads an account from the database; null when no account has the SID.</summary>
    public Task<CachedAccount?> ReadAsync(Sid sid) => ReadAsync(databases, sid);

    private static async Task<CachedAccount?> ReadAsync(IDbContextFactory<MessagingDb> databases, Sid sid)
    {
        await using var db = await databases.CreateDbContextAsync();
        var token = await db.Accounts.Where(account => account.Sid == sid).Select(account => account.AuthToken)
            .SingleOrDefaultAsync();
        return token is null ? null : new(token);
    }
}

/// <summary>The cached part of an account.</summary>
/// <param name="AuthToken">The primary Auth Token.</param>
internal sealed record CachedAccount(string AuthToken)
{
    /// <summary>
    /// The token's <see cref="Hash"/>. Comparing hashes takes constant time for tokens of any length.
    /// </summary>
    public byte[] TokenHash { get; } = Hash(AuthToken);

    /// <summary>Computes the SHA-256 of a token.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
