using System.Security.Cryptography;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>Checks the credentials of callers.</summary>
internal sealed class Credentials(AccountCache accounts)
{
    private static readonly CachedAccount NoAccount = new("");

    /// <summary>
    /// Whether the token is the account's, compared in constant time. An unknown account costs the same time, so that
    /// nobody learns which accounts exist.
    /// </summary>
    public async ValueTask<bool> AreRightAsync(Sid account, string token, CancellationToken cancellation)
    {
        var known = await accounts.FindAsync(account, cancellation);
        var right = CryptographicOperations.FixedTimeEquals(CachedAccount.Hash(token), (known ?? NoAccount).TokenHash);
        return right && known is not null;
    }
}
