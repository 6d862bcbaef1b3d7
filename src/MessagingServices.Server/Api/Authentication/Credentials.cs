using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>Checks the credentials of callers.</summary>
internal sealed class Credentials(AccountCache accounts, AccountOptions options)
{
    private static readonly CachedAccount NoAccount = new(default, "", null, AccountStatus.Closed);
    private static readonly CachedKey NoKey = new(default, ApiKey.Hash(""), null);

    private readonly Credential test = new(
        CredentialKind.Test, new(options.TestSid, options.TestAuthToken, null, AccountStatus.Active));

    /// <summary>Checks a user name and a password: an account's SID and token, or a key's SID and secret.</summary>
    /// <returns>The credential; null with the error when they are wrong.</returns>
    /// <remarks>
    /// Secrets are compared in constant time. What is unknown and a wrong secret cost the same, one read of the
    /// database, so that callers cannot learn which accounts and keys exist.
    /// </remarks>
    public ValueTask<(Credential? Credential, ApiError? Error)> CheckAsync(
        string username, string password, CancellationToken cancellation) =>
        Sid.TryParseAs(SidPrefix.Account, username, out var account)
            ? CheckTokenAsync(account, ApiKey.Hash(password), cancellation)
        : Sid.TryParseAs(SidPrefix.ApiKey, username, out var key)
            ? CheckSecretAsync(key, ApiKey.Hash(password), cancellation)
        : ValueTask.FromResult<(Credential?, ApiError?)>((null, MessagingError.InvalidUsername.ToApiError()));

    private async ValueTask<(Credential?, ApiError?)> CheckTokenAsync(
        Sid sid, byte[] hash, CancellationToken cancellation)
    {
        if (sid == options.TestSid && test.Account.IsToken(hash)) return (test, null);
        var cached = accounts.FindCached(sid);
        if (IsRight(cached)) return (new(CredentialKind.AuthToken, cached!), null);
        var stored = cached is null
            ? await accounts.FindAsync(sid, cancellation)
            : await accounts.ReadAsync(sid).WaitAsync(cancellation);
        return IsRight(stored)
            ? (new(CredentialKind.AuthToken, stored!), null)
            : (null, MessagingError.WrongToken.ToApiError(sid));

        bool IsRight(CachedAccount? known) => (known ?? NoAccount).IsToken(hash) && known is not null;
    }

    private async ValueTask<(Credential?, ApiError?)> CheckSecretAsync(
        Sid sid, byte[] hash, CancellationToken cancellation)
    {
        var known = accounts.FindCachedKey(sid);
        if (!IsRight(known))
        {
            known = known is null
                ? await accounts.FindKeyAsync(sid, cancellation)
                : await accounts.ReadKeyAsync(sid).WaitAsync(cancellation);
        }

        if (!IsRight(known) || await accounts.FindAsync(known!.AccountSid, cancellation) is not { } account)
            return (null, MessagingError.WrongKey.ToApiError());
        var kind = known.Policy is null ? CredentialKind.StandardKey : CredentialKind.RestrictedKey;
        return (new(kind, account) { Key = sid, Policy = known.Policy, KeySecretHash = known.SecretHash }, null);

        bool IsRight(CachedKey? key) => (key ?? NoKey).IsSecret(hash) && key is not null;
    }
}
