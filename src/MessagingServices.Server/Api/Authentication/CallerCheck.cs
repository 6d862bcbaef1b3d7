using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Authentication;

/// <summary>
/// Ends what takes long when its caller may do nothing any more: the account was suspended, closed or deleted, or the
/// API key revoked, or the session of the console ended.
/// </summary>
internal sealed class CallerCheck(AccountCache accounts, SessionCredentials sessions, TimeProvider time)
    : ICallerCheck
{
    /// <summary>Twice a second: what waits ends within a second, on every server.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    /// <summary>A check that reads the database at most every 0.4 s, however often it is called.</summary>
    /// <exception cref="TwilioException">The error that a new request of the caller would get.</exception>
    public Func<CancellationToken, Task> For(Caller caller)
    {
        var last = time.GetTimestamp();
        return async cancellation =>
        {
            if (time.GetElapsedTime(last) < Interval) return;
            await CheckAsync(caller.Credential).WaitAsync(cancellation);
            last = time.GetTimestamp();
        };
    }

    /// <inheritdoc/>
    public async Task CheckAgainAsync(HttpContext context)
    {
        if (context.User is not Caller caller || caller.Credential.Kind == CredentialKind.Test) return;
        await CheckAsync(caller.Credential);
        if (caller.AccountSid == caller.Credential.Account.Sid) return;
        var subaccount = await accounts.ReadAsync(caller.AccountSid)
            ?? throw new TwilioException(MessagingError.WrongToken.ToApiError(caller.Credential.Account.Sid));
        if (subaccount.Status != AccountStatus.Active)
            throw new TwilioException(MessagingError.AccountNotActive.ToApiError());
    }

    private async Task CheckAsync(Credential credential)
    {
        var account = await accounts.ReadAsync(credential.Account.Sid);
        var isKeyGone = credential.Key is { } key && await accounts.ReadKeyAsync(key) is null;
        if (account is null || isKeyGone)
        {
            throw new TwilioException(credential.Key is null
                ? MessagingError.WrongToken.ToApiError(credential.Account.Sid)
                : MessagingError.WrongKey.ToApiError());
        }

        if (credential.Session is { } session && !await sessions.IsAliveAsync(session))
            throw new TwilioException(MessagingError.NoCredentials.ToApiError());
        if (account.Status != AccountStatus.Active)
            throw new TwilioException(MessagingError.AccountNotActive.ToApiError());
    }
}
