using MessagingServices.Domain;
using MessagingServices.Server.Persistence;

namespace MessagingServices.Server.Messaging;

/// <summary>Takes a WhatsApp or RCS sender from its account; it leaves its pool, and its sticky senders end.</summary>
public sealed class DeleteChannelSender(MessagingDb db)
{
    /// <summary>Deletes; false when the account has no such sender.</summary>
    public Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        db.ReleaseSenderAsync(account, sid, () => db.LockChannelSenderAsync(account, sid, cancellation), cancellation);
}
