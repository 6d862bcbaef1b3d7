using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>
/// Finds senders that requests name in <c>From</c> or <c>FallbackFrom</c>. They must belong to the account, but need
/// not be in a pool. As at Twilio, every account may use every alphanumeric sender.
/// </summary>
internal static class SenderLookup
{
    /// <summary>
    /// Finds a sender of an account, with its pool if it is in one. Null when the account has no such sender. If
    /// several countries have the same short code, that of the recipient's country wins.
    /// </summary>
    public static async Task<PoolSender?> FindSenderAsync(
        this MessagingDb db, Sid account, SenderAddress address, string? recipientCountry,
        CancellationToken cancellation)
    {
        if (address.Type == SenderType.Alphanumeric)
            return new(default, new AlphaSender(default, account, address.Value, null), default);
        var members = await db.PoolSenders.AsNoTracking()
            .Where(s => s.AccountSid == account && s.Address == address.Value && s.Type == address.Type)
            .ToListAsync(cancellation);
        if (address.Type != SenderType.ShortCode && members is [var member]) return member;
        return address.Type switch
        {
            SenderType.LongCode or SenderType.TollFree => await db.PhoneNumbers.AsNoTracking()
                .SingleOrDefaultAsync(n => n.AccountSid == account && n.Number == address.Value, cancellation)
                is { } number ? new(default, number, default) : null,
            SenderType.ShortCode => await db.ShortCodes.AsNoTracking()
                .Where(code => code.AccountSid == account && code.Code == address.Value)
                .OrderByDescending(code => code.Country == recipientCountry).ThenBy(code => code.Ordinal)
                .FirstOrDefaultAsync(cancellation)
                is { } code ? members.Find(sender => sender.Sid == code.Sid) ?? new(default, code, default) : null,
            SenderType.Rcs or SenderType.WhatsApp => await db.ChannelSenders.AsNoTracking()
                .SingleOrDefaultAsync(s => s.AccountSid == account && s.SenderId == address.Value, cancellation)
                is { } sender ? new(default, sender, default) : null,
            SenderType.Alphanumeric => null,
        };
    }

    /// <summary>Finds the sender for recipients without RCS that a message with a Messaging Service names.</summary>
    /// <exception cref="TwilioException">21665 when the account has no such SMS sender; 21667 when the pool has no RCS
    /// sender.</exception>
    public static async Task<PoolSender> FindFallbackAsync(
        this MessagingDb db, Sid account, Sid service, string fallbackFrom, string? recipientCountry,
        CancellationToken cancellation)
    {
        var sender = SenderAddress.Parse(fallbackFrom) is { Channel: Channel.Sms } address
            ? await db.FindSenderAsync(account, address, recipientCountry, cancellation)
            : null;
        if (sender is null) throw new TwilioException(MessagingError.InvalidFallbackFrom.ToApiError(fallbackFrom));
        return await db.PoolSenders.AnyAsync(
            member => member.MessagingServiceSid == service && member.Type == SenderType.Rcs, cancellation)
            ? sender
            : throw new TwilioException(MessagingError.FallbackWithoutRcs.ToApiError());
    }
}
