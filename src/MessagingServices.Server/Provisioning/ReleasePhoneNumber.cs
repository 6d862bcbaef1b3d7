namespace MessagingServices.Server.Provisioning;

/// <summary>Takes a phone number from its account; it leaves its sender pool and may be provisioned again.</summary>
internal sealed class ReleasePhoneNumber(MessagingDb db)
{
    /// <summary>Releases; false when the account has no such number.</summary>
    public Task<bool> ReleaseAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        db.ReleaseSenderAsync(account, sid, () => db.LockPhoneNumberAsync(account, sid, cancellation), cancellation);
}
