namespace MessagingServices.Server.Api.Authentication;

/// <summary>Finds the credentials behind the sessions of the console.</summary>
internal sealed class SessionCredentials(ConsoleSessions sessions, AccountCache accounts, TimeProvider real)
{
    /// <summary>
    /// The credential that began a session. Null when the session has ended: its browser signed out, its time is over,
    /// its account is not active any more or has another Auth Token, or its key was revoked or is restricted now.
    /// </summary>
    /// <param name="token">The token in the cookie.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async ValueTask<Credential?> FindAsync(string token, CancellationToken cancellation)
    {
        var hash = ApiKey.Hash(token);
        if (await sessions.FindAsync(hash, cancellation) is not { } session || session.Expires <= real.GetUtcNow())
            return null;
        if (await accounts.FindAsync(session.AccountSid, cancellation)
            is not { Status: AccountStatus.Active } account)
        {
            // It does not come back with the account.
            sessions.Invalidate(hash);
            return null;
        }

        if (session.KeySid is not { } sid)
        {
            return session.IsOf(account.TokenHash)
                ? new(CredentialKind.AuthToken, account) { Session = hash, SessionExpires = session.Expires } : null;
        }

        return await accounts.FindKeyAsync(sid, cancellation) is { Policy: null } key && session.IsOf(key.SecretHash)
            ? new(CredentialKind.StandardKey, account)
            {
                Key = sid, KeySecretHash = key.SecretHash, Session = hash, SessionExpires = session.Expires,
            }
            : null;
    }

    /// <summary>Whether a session is still there. It reads the database.</summary>
    /// <param name="hash">The SHA-256 of its token.</param>
    public async Task<bool> IsAliveAsync(byte[] hash) =>
        await sessions.ReadAsync(hash) is { } session && session.Expires > real.GetUtcNow();
}
