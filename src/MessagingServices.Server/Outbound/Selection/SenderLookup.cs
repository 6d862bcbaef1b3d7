using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>
/// The senders that requests name themselves, in <c>From</c> or <c>FallbackFrom</c>: they must be the account's, but need not be in a
/// pool. Alphanumeric senders belong to nobody, as at Twilio.
/// </summary>
internal static class SenderLookup
{
    /// <summary>
    /// Finds a sender; as a member of the pool that it is in, or of none. Null when the account has no such sender. Of equal short codes
    /// the recipient's country's is meant.
    /// </summary>
    public static async Task<PoolSender?> FindSenderAsync(
        this MessagingDb db, Sid account, SenderAddress address, string? recipientCountry, CancellationToken cancellation)
    {
        if (address.Type == SenderType.Alphanumeric) return new(default, new AlphaSender(default, account, address.Value, null), default);
        var members = await db.PoolSenders.AsNoTracking()
            .Where(sender => sender.AccountSid == account && sender.Address == address.Value && sender.Type == address.Type).ToListAsync(cancellation);
        if (address.Type != SenderType.ShortCode && members is [var member]) return member;
        return address.Type switch
        {
            SenderType.LongCode or SenderType.TollFree => await db.PhoneNumbers.AsNoTracking()
                .SingleOrDefaultAsync(number => number.AccountSid == account && number.Number == address.Value, cancellation) is { } number
                ? new(default, number, default) : null,
            SenderType.ShortCode => await db.ShortCodes.AsNoTracking()
                .Where(code => code.AccountSid == account && code.Code == address.Value)
                .OrderByDescending(code => code.Country == recipientCountry).ThenBy(code => code.Ordinal).FirstOrDefaultAsync(cancellation) is { } code
                ? members.Find(sender => sender.Sid == code.Sid) ?? new(default, code, default) : null,
            SenderType.Rcs or SenderType.WhatsApp => await db.ChannelSenders.AsNoTracking()
                .SingleOrDefaultAsync(sender => sender.AccountSid == account && sender.SenderId == address.Value, cancellation) is { } sender
                ? new(default, sender, default) : null,
            SenderType.Alphanumeric => null,
        };
    }

    /// <summary>Finds the sender that a message through a Messaging Service names for where RCS does not reach.</summary>
    /// <exception cref="TwilioException">21665 when the account has no such sender of SMS; 21667 when the pool has no RCS sender.</exception>
    public static async Task<PoolSender> FindFallbackAsync(
        this MessagingDb db, Sid account, Sid service, string fallbackFrom, string? recipientCountry, CancellationToken cancellation)
    {
        var sender = SenderAddress.Parse(fallbackFrom) is { Channel: Channel.Sms } address
            ? await db.FindSenderAsync(account, address, recipientCountry, cancellation)
            : null;
        if (sender is null) throw new TwilioException(MessagingError.InvalidFallbackFrom.ToApiError(fallbackFrom));
        return await db.PoolSenders.AnyAsync(member => member.MessagingServiceSid == service && member.Type == SenderType.Rcs, cancellation)
            ? sender
            : throw new TwilioException(MessagingError.FallbackWithoutRcs.ToApiError());
    }
}
