using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MessagingServices.Domain;
using MessagingServices.Domain.Accounts;
using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>
/// Knows accounts by their credentials. What was read is believed for a second, so that a request costs no query and a change shows
/// within a second on every server.
/// </summary>
public sealed class AccountDirectory(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly byte[] NoToken = SHA256.HashData([0]);

    private readonly ConcurrentDictionary<Sid, Entry> entries = new();

    /// <summary>Whether the token is the account's, compared in constant time.</summary>
    public async Task<CredentialCheck> CheckAsync(Sid account, string token, CancellationToken cancellation)
    {
        var known = (await FindAsync(account, cancellation))?.TokenHash;
        var right = CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), known ?? NoToken);
        return known is null ? CredentialCheck.UnknownAccount : right ? CredentialCheck.Right : CredentialCheck.WrongToken;
    }

    private async Task<Entry?> FindAsync(Sid sid, CancellationToken cancellation)
    {
        if (entries.TryGetValue(sid, out var entry) && real.GetElapsedTime(entry.ReadAt) < Freshness) return entry;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Sid == sid, cancellation);
        if (account is null)
        {
            // Unknown SIDs are not remembered: there are more of them than memory.
            entries.TryRemove(sid, out _);
            return null;
        }

        return entries[sid] = Entry.Of(account, real.GetTimestamp());
    }

    private sealed record Entry(byte[] TokenHash, long ReadAt)
    {
        public static Entry Of(Account account, long readAt) =>
            new(SHA256.HashData(Encoding.UTF8.GetBytes(account.AuthToken)), readAt);
    }
}

/// <summary>What a check of credentials found.</summary>
public enum CredentialCheck
{
    /// <summary>They are the account's.</summary>
    Right,

    /// <summary>There is no such account.</summary>
    UnknownAccount,

    /// <summary>The token is another.</summary>
    WrongToken,
}
