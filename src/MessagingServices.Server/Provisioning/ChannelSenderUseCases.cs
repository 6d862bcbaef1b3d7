using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Creates, changes and deletes senders on WhatsApp and RCS. A sender is online at once. Several accounts may have the
/// same sender: each is a world of its own.
/// </summary>
internal sealed class ChannelSenderUseCases(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Gives an account a sender.</summary>
    /// <param name="account">The account that gets it.</param>
    /// <param name="address">The address that messages come from.</param>
    /// <param name="configure">Sets the profile, the webhooks and the like.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">20409 when the account has the sender already.</exception>
    public async Task<ChannelSender> CreateAsync(
        Sid account, ChannelAddress address, Action<ChannelSender> configure, CancellationToken cancellation)
    {
        var sender = new ChannelSender(sids.New(SidPrefix.ChannelSender), account, address, clock.Now(account));
        configure(sender);
        return await db.TryAddAsync(sender, cancellation)
            ? sender
            : throw new TwilioException(MessagingError.SenderTaken.ToApiError(address.Value));
    }

    /// <summary>
    /// Changes a sender; null when the account has no such sender. A sender pool keeps the approved countries that the
    /// sender had when it joined.
    /// </summary>
    public Task<ChannelSender?> UpdateAsync(
        Sid account, Sid sid, Action<ChannelSender> change, CancellationToken cancellation) =>
        db.UpdateAsync(
            () => db.LockAsync<ChannelSender>(account, sid, cancellation), change, clock.Of(account), cancellation);

    /// <summary>
    /// Deletes a sender; false when the account has no such sender. It leaves its sender pool, and its sticky senders
    /// end.
    /// </summary>
    public Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        db.ReleaseSenderAsync(
            account, sid, () => db.LockAsync<ChannelSender>(account, sid, cancellation), cancellation);
}
