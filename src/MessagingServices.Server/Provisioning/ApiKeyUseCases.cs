using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Creates, changes and revokes API keys.</summary>
internal sealed class ApiKeyUseCases(MessagingDb db, SidSource sids, AccountCache cache, TimeProvider real)
{
    /// <summary>Creates a key.</summary>
    /// <param name="account">The account that it authenticates.</param>
    /// <param name="friendlyName">A name for people.</param>
    /// <param name="policy">What a Restricted key may do; null for a Standard key.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The key and its secret, which is not stored.</returns>
    /// <exception cref="TwilioException">20003 when the account was deleted meanwhile.</exception>
    public async Task<(ApiKey Key, string Secret)> CreateAsync(
        Sid account, string? friendlyName, KeyPolicy? policy, CancellationToken cancellation)
    {
        var secret = AccountUseCases.NewSecret();
        ApiKey key = new(
            sids.New(SidPrefix.ApiKey), account, friendlyName ?? "", ApiKey.Hash(secret), real.GetUtcNow())
        {
            Policy = policy,
        };
        db.Add(key);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (DatabaseErrors.IsMissingReference(failure))
        {
            throw new TwilioException(MessagingError.WrongToken.ToApiError(account));
        }

        return (key, secret);
    }

    /// <summary>Changes a key; null when the account has no such key.</summary>
    public async Task<ApiKey?> UpdateAsync(
        Sid account, Sid sid, Action<ApiKey> change, CancellationToken cancellation)
    {
        var key = await db.UpdateAsync(
            () => db.LockAsync<ApiKey>(account, sid, cancellation), change, real, cancellation);
        cache.InvalidateKey(sid);
        return key;
    }

    /// <summary>Revokes a key. False when the account has no such key.</summary>
    public async Task<bool> RevokeAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        var revoked = await db.ApiKeys.Where(key => key.Sid == sid && key.AccountSid == account)
            .ExecuteDeleteAsync(cancellation);
        cache.InvalidateKey(sid);
        return revoked > 0;
    }
}
