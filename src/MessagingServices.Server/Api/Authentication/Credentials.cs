using System.Security.Cryptography;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>Checks the credentials of callers.</summary>
internal sealed class Credentials(AccountCache accounts)
{
    private static readonly CachedAccount NoAccount = new("");

    /// <summary>
    /// Whether the token is the account's, compared in constant time. An unknown account and a wrong token cost the
    /// same, one read of the database, so that nobody learns which accounts exist.
    /// </summary>
    public ValueTask<bool> AreRightAsync(Sid account, string token, CancellationToken cancellation)
    {
        var hash = CachedAccount.Hash(token);
        var cached = accounts.FindCached(account);
        return IsRight(hash, cached) ? ValueTask.FromResult(true)
            : ReadAsync(account, hash, isCached: cached is not null, cancellation);
    }

    private async ValueTask<bool> ReadAsync(
        Sid account, byte[] hash, bool isCached, CancellationToken cancellation) => IsRight(hash, isCached
            ? await accounts.ReadAsync(account).WaitAsync(cancellation)
            : await accounts.FindAsync(account, cancellation));

    private static bool IsRight(byte[] hash, CachedAccount? known)
    {
        var isEqual = CryptographicOperations.FixedTimeEquals(hash, (known ?? NoAccount).TokenHash);
        return isEqual && known is not null;
    }
}
