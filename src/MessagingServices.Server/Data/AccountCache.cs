using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Data;

/// <summary>
/// Caches accounts and API keys in a <see cref="TtlCache{TKey,TValue}"/>. Callers authenticate with them, and the
/// server signs webhooks with the accounts' Auth Tokens. Every server notices a change within a second.
/// </summary>
internal sealed class AccountCache(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private readonly TtlCache<Sid, CachedAccount> accounts = new(sid => ReadAccountAsync(databases, sid), real);
    private readonly TtlCache<Sid, CachedKey> keys = new(sid => ReadKeyAsync(databases, sid), real);

    /// <summary>Finds an account; null when no account has the SID.</summary>
    public ValueTask<CachedAccount?> FindAsync(Sid sid, CancellationToken cancellation) =>
        accounts.GetAsync(sid, cancellation);

    /// <summary>Finds an API key; null when no key has the SID.</summary>
    public ValueTask<CachedKey?> FindKeyAsync(Sid sid, CancellationToken cancellation) =>
        keys.GetAsync(sid, cancellation);

    /// <summary>Finds an account in memory; null when that needs a read.</summary>
    public CachedAccount? FindCached(Sid sid) => accounts.FindCached(sid);

    /// <summary>Finds an API key in memory; null when that needs a read.</summary>
    public CachedKey? FindCachedKey(Sid sid) => keys.FindCached(sid);

    /// <summary>Reads an account from the database; null when no account has the SID.</summary>
    public Task<CachedAccount?> ReadAsync(Sid sid) => ReadAccountAsync(databases, sid);

    /// <summary>Reads an API key from the database; null when no key has the SID.</summary>
    public Task<CachedKey?> ReadKeyAsync(Sid sid) => ReadKeyAsync(databases, sid);

    /// <summary>Call this after the commit that changed or removed an account or a key.</summary>
    public void Invalidate(Sid sid)
    {
        accounts.Invalidate(sid);
        keys.Invalidate(sid);
    }

    private static async Task<CachedAccount?> ReadAccountAsync(IDbContextFactory<MessagingDb> databases, Sid sid)
    {
        await using var db = await databases.CreateDbContextAsync();
        var stored = await db.Accounts.Where(account => account.Sid == sid)
            .Select(account => new { account.AuthToken, account.OwnerSid, account.Status }).SingleOrDefaultAsync();
        return stored is null ? null : new(sid, stored.AuthToken, stored.OwnerSid, stored.Status);
    }

    private static async Task<CachedKey?> ReadKeyAsync(IDbContextFactory<MessagingDb> databases, Sid sid)
    {
        await using var db = await databases.CreateDbContextAsync();
        var stored = await db.ApiKeys.Where(key => key.Sid == sid)
            .Select(key => new { key.AccountSid, key.SecretHash, key.Policy }).SingleOrDefaultAsync();
        return stored is null ? null : new(stored.AccountSid, stored.SecretHash, stored.Policy);
    }
}

/// <summary>The cached part of an account.</summary>
/// <param name="Sid">The account.</param>
/// <param name="AuthToken">The primary Auth Token.</param>
/// <param name="Owner">The parent of a subaccount; null for a main account.</param>
/// <param name="Status">Whether the account may be used.</param>
internal sealed record CachedAccount(Sid Sid, string AuthToken, Sid? Owner, AccountStatus Status)
{
    /// <summary>The SHA-256 of the token.</summary>
    public byte[] TokenHash { get; } = ApiKey.Hash(AuthToken);

    /// <summary>
    /// Whether a token is the account's. Comparing hashes takes constant time for tokens of any length.
    /// </summary>
    /// <param name="hash">The SHA-256 of the token.</param>
    public bool IsToken(byte[] hash) => CryptographicOperations.FixedTimeEquals(hash, TokenHash);
}

/// <summary>The cached part of an API key.</summary>
/// <param name="AccountSid">The account that it authenticates.</param>
/// <param name="SecretHash">The SHA-256 of its secret.</param>
/// <param name="Policy">What a Restricted key may do; null for a Standard key.</param>
internal sealed record CachedKey(Sid AccountSid, byte[] SecretHash, KeyPolicy? Policy)
{
    /// <summary>Whether a secret is the key's, in constant time.</summary>
    /// <param name="hash">The SHA-256 of the secret.</param>
    public bool IsSecret(byte[] hash) => CryptographicOperations.FixedTimeEquals(hash, SecretHash);
}
