using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Provisioning;

/// <summary>Changes what is kept with a WhatsApp or RCS sender. A pool that it is in keeps the approved countries that it joined with.</summary>
internal sealed class UpdateChannelSender(MessagingDb db, EmulatorClock clock)
{
    /// <summary>Changes; null when the account has no such sender. What <paramref name="change"/> throws leaves nothing changed.</summary>
    public Task<ChannelSender?> UpdateAsync(Sid account, Sid sid, Action<ChannelSender> change, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                var sender = await db.LockChannelSenderAsync(account, sid, cancellation);
                if (sender is null) return null;
                change(sender);
                sender.DateUpdated = clock.GetUtcNow();
                await db.SaveChangesAsync(cancellation);
                return sender;
            }, cancellation);
}
