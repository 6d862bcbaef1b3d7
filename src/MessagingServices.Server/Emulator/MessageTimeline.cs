using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>A message with all that is stored of its way.</summary>
/// <param name="Message">The message, with its statuses.</param>
/// <param name="Selection">How its sender was selected; null when no Messaging Service has selected one.</param>
/// <param name="Webhooks">The webhooks that tell of it, in the order in which they became owed.</param>
internal sealed record MessageTimeline(Message Message, SenderSelection? Selection, IReadOnlyList<Webhook> Webhooks)
{
    /// <summary>Reads it; null when the account has no such message.</summary>
    public static async Task<MessageTimeline?> ReadAsync(MessagingDb db, Sid account, Sid sid, CancellationToken cancellation)
    {
        var message = await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Sid == sid && m.AccountSid == account, cancellation);
        if (message is null) return null;
        return new(message,
            await db.SenderSelections.AsNoTracking().SingleOrDefaultAsync(s => s.MessageSid == sid, cancellation),
            await db.Webhooks.AsNoTracking().Where(w => w.MessageSid == sid).OrderBy(w => w.Ordinal).ToListAsync(cancellation));
    }
}
