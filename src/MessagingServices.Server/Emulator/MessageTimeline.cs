using MessagingServices.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>A message with its stored history.</summary>
/// <param name="Message">The message with its status changes.</param>
/// <param name="Selection">
/// The steps of the sender selection; null when no Messaging Service has selected a sender.
/// </param>
/// <param name="Webhooks">The webhooks of the message, in the order in which they were enqueued.</param>
internal sealed record MessageTimeline(Message Message, SenderSelection? Selection, IReadOnlyList<Webhook> Webhooks)
{
    /// <summary>Reads the timeline of a message; null when the account has no such message.</summary>
    public static async Task<MessageTimeline?> ReadAsync(
        MessagingDb db, Sid account, Sid sid, CancellationToken cancellation)
    {
        var message = await db.Messages.AsNoTracking()
            .SingleOrDefaultAsync(m => m.Sid == sid && m.AccountSid == account, cancellation);
        if (message is null) return null;
        var selection = await db.SenderSelections.AsNoTracking()
            .SingleOrDefaultAsync(s => s.AccountSid == account && s.Id == message.SelectionId, cancellation);
        var webhooks = await db.Webhooks.AsNoTracking().Where(w => w.MessageSid == sid).OrderBy(w => w.Ordinal)
            .ToListAsync(cancellation);
        return new(message, selection, [.. webhooks, .. PendingCallbacks.Of(message, webhooks)]);
    }
}
