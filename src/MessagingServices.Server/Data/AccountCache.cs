using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>The accounts' Auth Tokens, from a <see cref="TtlCache{TKey,TValue}"/>: callers give them, and webhooks are signed with them.</summary>
internal sealed class AccountCache(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private readonly TtlCache<Sid, CachedAccount> memory = new(sid => ReadAsync(databases, sid), real);

    /// <summary>Finds an account; null when there is none of that SID.</summary>
    public ValueTask<CachedAccount?> FindAsync(Sid sid, CancellationToken cancellation) => memory.GetAsync(sid, cancellation);

    private static async Task<CachedAccount?> ReadAsync(IDbContextFactory<MessagingDb> databases, Sid sid)
    {
        await using var db = await databases.CreateDbContextAsync();
        var token = await db.Accounts.Where(account => account.Sid == sid).Select(account => account.AuthToken).SingleOrDefaultAsync();
        return token is null ? null : new(token);
    }
}

/// <summary>What there is to know of an account.</summary>
/// <param name="AuthToken">Its primary Auth Token.</param>
internal sealed record CachedAccount(string AuthToken)
{
    /// <summary>The token's <see cref="Hash"/>, to be compared in constant time whatever the length of the other token.</summary>
    public byte[] TokenHash { get; } = Hash(AuthToken);

    /// <summary>The SHA-256 of a token.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
