using System.Security.Cryptography;
using System.Text;
using MessagingServices.Domain;
using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>Knows accounts by their credentials, from a <see cref="BriefMemory{TKey,TValue}"/>.</summary>
public sealed class AccountDirectory(IDbContextFactory<MessagingDb> databases, TimeProvider real)
{
    private static readonly byte[] NoToken = SHA256.HashData([0]);

    private readonly BriefMemory<Sid, byte[]> tokenHashes = new(real);

    /// <summary>Whether the token is the account's, compared in constant time.</summary>
    public async Task<CredentialCheck> CheckAsync(Sid account, string token, CancellationToken cancellation)
    {
        if (!tokenHashes.TryGet(account, out var known)) known = await ReadAsync(account, cancellation);
        var right = CryptographicOperations.FixedTimeEquals(Hash(token), known ?? NoToken);
        return known is null ? CredentialCheck.UnknownAccount : right ? CredentialCheck.Right : CredentialCheck.WrongToken;
    }

    private async Task<byte[]?> ReadAsync(Sid sid, CancellationToken cancellation)
    {
        var reading = tokenHashes.Begin();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var token = await db.Accounts.Where(account => account.Sid == sid).Select(account => account.AuthToken).SingleOrDefaultAsync(cancellation);
        // Unknown SIDs are not remembered: there are more of them than memory.
        if (token is null) return null;
        var hash = Hash(token);
        tokenHashes.Remember(sid, hash, reading);
        return hash;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
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
