using System.Globalization;
using System.Security.Cryptography;
using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Creates and changes subaccounts.</summary>
internal sealed class AccountUseCases(
    MessagingDb db, SidSource sids, AccountCache cache, EmulatorClock clock, TimeProvider real)
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
        var beginning = clock.Beginning(account.Sid);
        if (!beginning.IsReal) db.Add(beginning);
        await db.SaveChangesAsync(cancellation);
        clock.Begin(beginning);
        return account;
    }

    /// <summary>
    /// Changes an account; null when it is unknown. When it is suspended or closed, its sessions end, what
    /// waits to be sent fails, and its webhooks wait or are dropped; when it is active again, they go on.
    /// </summary>
    public async Task<Account?> UpdateAsync(Sid sid, Action<Account> change, CancellationToken cancellation)
    {
        var account = await db.InTransactionAsync(
            async () =>
            {
                AccountStatus? before = null;
                var changed = await db.UpdateAsync(
                    async () =>
                    {
                        var locked = await LockAsync(sid, cancellation);
                        before = locked?.Status;
                        return locked;
                    }, change, real, cancellation);
                if (changed is not null && changed.Status != before) await FollowAsync(changed, cancellation);
                return changed;
            }, cancellation);
        if (account is not null) cache.Invalidate(account.Sid);
        return account;
    }

    /// <summary>A new token or secret: 32 hexadecimal digits, as Twilio's are.</summary>
    public static string NewSecret() => RandomNumberGenerator.GetHexString(2 * TokenBytes, lowercase: true);

    private async Task FollowAsync(Account account, CancellationToken cancellation)
    {
        if (account.Status == AccountStatus.Active)
        {
            await HeldWebhooks.ReleaseAsync(db, account.Sid, cancellation);
            return;
        }

        await db.ConsoleSessions.Where(session => session.AccountSid == account.Sid).ExecuteDeleteAsync(cancellation);
        var kind = account.Status == AccountStatus.Closed ? AccountTaskKind.Close : AccountTaskKind.Suspend;
        await db.AddAccountTaskAsync(account.Sid, kind, cancellation);
    }

    private Task<Account?> LockAsync(Sid sid, CancellationToken cancellation) => db.Accounts
        .FromSql($"SELECT * FROM accounts WHERE sid = {sid.Value} FOR UPDATE").SingleOrDefaultAsync(cancellation);

    private static string DefaultName(DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"SubAccount Created at {now:yyyy-MM-dd hh:mm} {(now.Hour < 12 ? "am" : "pm")}");
}
