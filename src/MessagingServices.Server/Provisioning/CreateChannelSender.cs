using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Provisioning;

/// <summary>Gives an account a sender on WhatsApp or RCS, which is online at once. One account of the server has it.</summary>
internal sealed class CreateChannelSender(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Creates.</summary>
    /// <param name="account">Who will own it.</param>
    /// <param name="address">What messages come from.</param>
    /// <param name="configure">Sets what is kept with it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="TwilioException">20409 when an account has the sender already.</exception>
    public async Task<ChannelSender> CreateAsync(
        Sid account, ChannelAddress address, Action<ChannelSender> configure, CancellationToken cancellation)
    {
        var sender = new ChannelSender(sids.New(SidPrefix.ChannelSender), account, address, clock.GetUtcNow());
        configure(sender);
        db.Add(sender);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return sender;
        }
        catch (DbUpdateException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.Entry(sender).State = EntityState.Detached;
            throw new TwilioException(MessagingError.SenderTaken.ToApiError(address.Value));
        }
    }
}
