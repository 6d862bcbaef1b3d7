using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>Finds messages that WhatsApp does not deliver, because their 24-hour window is not open.</summary>
internal static class WhatsAppWindows
{
    /// <summary>
    /// Returns the messages outside of their window. They fail with 63016. A window is open for 24 hours until just
    /// before the same time of the next day.
    /// </summary>
    /// <param name="ready">Messages with their senders, each with its own time.</param>
    public static async Task<HashSet<Sid>> FindOutsideWindowAsync(
        this MessagingDb db, IEnumerable<ReadyMessage> ready, CancellationToken cancellation)
    {
        var free = ready.Where(next => WhatsAppWindow.IsNeededFor(next.Message)).ToList();
        if (free.Count == 0) return [];
        var sids = free.Select(next => next.Message.Sid.Value).ToArray();
        var accounts = free.Select(next => next.Message.AccountSid.Value).ToArray();
        var recipients = free.Select(next => next.Message.To).ToArray();
        var senders = free.Select(next => next.Message.From).ToArray();
        var since = free.Select(next => next.Now - WhatsAppWindow.Length).ToArray();
        var outside = await db.Database.SqlQuery<string>(
            $"""
             SELECT message.sid AS "Value"
             FROM unnest({sids}, {accounts}, {recipients}, {senders}, {since})
                 AS message (sid, account_sid, handset, sender, since)
             WHERE NOT EXISTS (SELECT FROM whatsapp_windows
                 WHERE whatsapp_windows.account_sid = message.account_sid
                     AND whatsapp_windows.handset = message.handset AND whatsapp_windows.sender = message.sender
                     AND opened > since)
             """).ToListAsync(cancellation);
        return [.. outside.Select(sid => Sid.Parse(sid))];
    }
}
