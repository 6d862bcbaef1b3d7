using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Creates, changes and deletes applications.</summary>
internal sealed class ApplicationUseCases(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Gives an account an application.</summary>
    public async Task<Application> CreateAsync(
        Sid account, Action<Application> configure, CancellationToken cancellation)
    {
        var application = new Application(sids.New(SidPrefix.Application), account, clock.Now(account));
        configure(application);
        db.Add(application);
        await db.SaveChangesAsync(cancellation);
        return application;
    }

    /// <summary>Changes the settings; null when the account has no such application.</summary>
    public Task<Application?> UpdateAsync(
        Sid account, Sid sid, Action<Application> change, CancellationToken cancellation) =>
        db.UpdateAsync(
            () => db.LockApplicationAsync(account, sid, cancellation), change, clock.Of(account), cancellation);

    /// <summary>
    /// Deletes an application, and takes it from the phone numbers that refer to it. False when the account has no such
    /// application.
    /// </summary>
    public Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            if (await db.LockApplicationAsync(account, sid, cancellation) is not { } application) return false;
            var text = sid.Value;
            await db.PhoneNumbers.Where(number => number.AccountSid == account && number.SmsApplicationSid == text)
                .ExecuteUpdateAsync(
                    number => number.SetProperty(n => n.SmsApplicationSid, (string?)null), cancellation);
            await db.PhoneNumbers.Where(number => number.AccountSid == account && number.VoiceApplicationSid == text)
                .ExecuteUpdateAsync(
                    number => number.SetProperty(n => n.VoiceApplicationSid, (string?)null), cancellation);
            db.Remove(application);
            await db.SaveChangesAsync(cancellation);
            return true;
        }, cancellation);
}
