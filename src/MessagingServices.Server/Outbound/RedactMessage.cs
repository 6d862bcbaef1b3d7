using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound;

/// <summary>Empties the body of a message that has ended.</summary>
internal sealed class RedactMessage(MessagingDb db, EmulatorClock clock)
{
    /// <summary>Returns the redacted message; null when the account has no such message.</summary>
    /// <exception cref="TwilioException">20009 when the message has not ended.</exception>
    public async Task<Message?> RedactAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        var message = await db.Messages
            .SingleOrDefaultAsync(m => m.Sid == sid && m.AccountSid == account, cancellation);
        if (message is null) return null;
        if (message.Redact(clock.Now(account)) is { } error) throw new TwilioException(error);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return message;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another request has deleted the message.
            return null;
        }
    }
}
