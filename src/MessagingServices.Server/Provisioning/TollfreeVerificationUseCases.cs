using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Submits toll-free numbers for verification, and changes and deletes these verifications.</summary>
internal sealed class TollfreeVerificationUseCases(
    MessagingDb db, SidSource sids, EmulatorClock clock, RegistrationOptions periods)
{
    /// <summary>Submits a number.</summary>
    /// <param name="account">The account.</param>
    /// <param name="number">The SID of the number.</param>
    /// <param name="customerProfile">SID of the customer profile; null for none.</param>
    /// <param name="externalReference">The caller's own ID; null for none.</param>
    /// <param name="configure">Sets the rest.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">30436 when the account has no such toll-free number, 20409 when the number has
    /// a verification that is not rejected.</exception>
    public Task<TollfreeVerification> CreateAsync(
        Sid account, Sid number, string? customerProfile, string? externalReference,
        Action<TollfreeVerification> configure, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                if (await db.LockAsync<PhoneNumber>(account, number, cancellation) is not { IsTollFree: true } found)
                    throw new TwilioException(MessagingError.InvalidTollfreeNumber.ToApiError(number));
                if (await db.TollfreeVerifications.AnyAsync(
                    other => other.TollfreePhoneNumber == found.Number && other.AccountSid == account
                        && (other.Forced == null || other.Forced != TollfreeStatus.TwilioRejected), cancellation))
                    throw new TwilioException(MessagingError.VerificationExists.ToApiError(number));
                var now = clock.Now(account);
                var verification = new TollfreeVerification
                {
                    Sid = sids.New(SidPrefix.TollfreeVerification),
                    AccountSid = account,
                    TollfreePhoneNumberSid = number,
                    TollfreePhoneNumber = found.Number,
                    CustomerProfileSid = customerProfile,
                    ExternalReferenceId = externalReference,
                    DateCreated = now,
                    DateUpdated = now,
                };
                configure(verification);
                verification.Submit(now, periods.Tollfree);
                db.Add(verification);
                await db.SaveChangesAsync(cancellation);
                return verification;
            }, cancellation);

    /// <summary>
    /// Changes a verification, and submits it again when it was rejected; null when the account has no such
    /// verification.
    /// </summary>
    /// <exception cref="TwilioException">20001, 30437: see <see cref="TollfreeVerification.Edit"/>.</exception>
    public Task<TollfreeVerification?> UpdateAsync(
        Sid account, Sid sid, Action<TollfreeVerification> change, CancellationToken cancellation) =>
        db.UpdateAsync(
            () => db.LockAsync<TollfreeVerification>(account, sid, cancellation),
            verification =>
            {
                verification.Edit(clock.Now(account), periods.Tollfree);
                change(verification);
            }, clock.Of(account), cancellation);

    /// <summary>Deletes a verification, so that its number is not verified; false when there is none.</summary>
    public async Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        await db.TollfreeVerifications.Where(other => other.Sid == sid && other.AccountSid == account)
            .ExecuteDeleteAsync(cancellation) == 1;

    /// <summary>Forces the status; null when the account has no such verification.</summary>
    public Task<TollfreeVerification?> ForceAsync(
        Sid account, Sid sid, ForcedStatus forced, CancellationToken cancellation)
    {
        var status = forced.Parse<TollfreeStatus>();
        if (status == TollfreeStatus.TwilioRejected)
            forced = forced.Because(30484, "Business name and official records do not match");
        return db.UpdateAsync(
            () => db.LockAsync<TollfreeVerification>(account, sid, cancellation),
            verification => verification.Force(status, clock.Now(account), forced.ErrorCode, forced.Reason),
            clock.Of(account), cancellation);
    }
}
