using System.Security.Cryptography;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>Checks the credentials of callers.</summary>
internal sealed class Credentials(AccountCache accounts)
{
    private static readonly CachedAccount NoAccount = new("");

    /// <summary>Whether the token is the account's, compared in constant time.</summary>
    public async ValueTask<CredentialCheck> CheckAsync(Sid account, string token, CancellationToken cancellation)
    {
        var known = await accounts.FindAsync(account, cancellation);
        var right = CryptographicOperations.FixedTimeEquals(CachedAccount.Hash(token), (known ?? NoAccount).TokenHash);
        return known is null ? CredentialCheck.UnknownAccount : right ? CredentialCheck.Right
            : CredentialCheck.WrongToken;
    }
}

/// <summary>The result of a check of credentials.</summary>
internal enum CredentialCheck
{
    /// <summary>They are the account's.</summary>
    Right,

    /// <summary>There is no such account.</summary>
    UnknownAccount,

    /// <summary>The token is another.</summary>
    WrongToken,
}
