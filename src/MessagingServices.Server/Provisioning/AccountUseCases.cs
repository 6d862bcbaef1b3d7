using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Creates and changes subaccounts.</summary>
internal sealed class AccountUseCases(MessagingDb db, SidSource sids, AccountCache cache, TimeProvider real)
{
    private const int TokenBytes = 16;

    /// <summary>Creates a subaccount of a main account, with a token of its own.</summary>
    /// <param name="owner">The account of the caller.</param>
    /// <param name="friendlyName">A name for people; null or empty for one with the present time.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">20403 when the caller is a subaccount itself.</exception>
    public async Task<Account> CreateAsync(CachedAccount owner, string? friendlyName, CancellationToken cancellation)
    {
        if (owner.Owner is not null)
            throw new TwilioException(MessagingError.Forbidden.ToApiError("A subaccount cannot create accounts"));
        var now = real.GetUtcNow();
        Account account = new(
            sids.New(SidPrefix.Account), NewSecret(),
            string.IsNullOrEmpty(friendlyName) ? DefaultName(now) : friendlyName, now)
        {
            OwnerSid = owner.Sid,
        };
        db.Add(account);
        await db.SaveChangesAsync(cancellation);
        return account;
    }

    /// <summary>Changes an account; null when it is unknown.</summary>
    public async Task<Account?> UpdateAsync(Sid sid, Action<Account> change, CancellationToken cancellation)
    {
        var account = await db.UpdateAsync(() => LockAsync(sid, cancellation), change, real, cancellation);
        cache.Invalidate(sid);
        return account;
    }

    /// <summary>A new token or secret: 32 hexadecimal digits, as Twilio's are.</summary>
    public static string NewSecret() => RandomNumberGenerator.GetHexString(2 * TokenBytes, lowercase: true);

    private Task<Account?> LockAsync(Sid sid, CancellationToken cancellation) => db.Accounts
        .FromSql($"SELECT * FROM accounts WHERE sid = {sid.Value} FOR UPDATE").SingleOrDefaultAsync(cancellation);

    private static string DefaultName(DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"SubAccount Created at {now:yyyy-MM-dd hh:mm} {(now.Hour < 12 ? "am" : "pm")}");
}
