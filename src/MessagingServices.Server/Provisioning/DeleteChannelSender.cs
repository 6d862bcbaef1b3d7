namespace MessagingServices.Server.Provisioning;

/// <summary>Takes a WhatsApp or RCS sender from its account; it leaves its pool, and its sticky senders end.</summary>
internal sealed class DeleteChannelSender(MessagingDb db)
{
    /// <summary>Deletes; false when the account has no such sender.</summary>
    public Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        db.ReleaseSenderAsync(account, sid, () => db.LockChannelSenderAsync(account, sid, cancellation), cancellation);
}
