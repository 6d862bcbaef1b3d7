using MessagingServices.Server.Provisioning;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// Finds messages that WhatsApp does not deliver, because their 24-hour window is not open and no approved template
/// says them.
/// </summary>
internal sealed class WhatsAppWindows(WhatsAppOptions options, ContentApprovals approvals)
{
    /// <summary>
    /// Returns the messages that fail, with their errors. A window is open for 24 hours until just before the same time
    /// of the next day.
    /// </summary>
    /// <param name="db">The database of the transaction.</param>
    /// <param name="ready">Messages with their senders, each with its own time.</param>
    /// <param name="cancellation">Cancels the queries.</param>
    public async Task<Dictionary<Sid, MessagingError>> FindFailingAsync(
        MessagingDb db, IEnumerable<ReadyMessage> ready, CancellationToken cancellation)
    {
        if (!options.EnforceWindow) return [];
        var outside = await FindOutsideAsync(
            db, [.. ready.Where(next => WhatsAppWindow.IsNeededFor(next.Message))], cancellation);
        if (outside.Count == 0) return [];
        var sids = outside.Select(next => next.Message.ContentSid).OfType<Sid>().Distinct().ToList();
        var templates = sids.Count == 0 ? [] : await db.ContentTemplates.AsNoTracking()
            .Where(template => sids.Contains(template.Sid))
            .ToDictionaryAsync(template => (template.AccountSid, template.Sid), cancellation);
        return outside.Select(next => (next.Message.Sid, Error: ErrorOf(next))).Where(row => row.Error is not null)
            .ToDictionary(row => row.Sid, row => row.Error!);

        MessagingError? ErrorOf(ReadyMessage next)
        {
            // The template may have been deleted since.
            var template = templates.GetValueOrDefault(
                (next.Message.AccountSid, next.Message.ContentSid.GetValueOrDefault()));
            return WhatsAppWindow.ErrorOutside(template is null ? null : approvals.At(template, next.Now));
        }
    }

    private static async Task<List<ReadyMessage>> FindOutsideAsync(
        MessagingDb db, List<ReadyMessage> needing, CancellationToken cancellation)
    {
        if (needing.Count == 0) return [];
        var sids = needing.Select(next => next.Message.Sid.Value).ToArray();
        var accounts = needing.Select(next => next.Message.AccountSid.Value).ToArray();
        var recipients = needing.Select(next => next.Message.To).ToArray();
        var senders = needing.Select(next => next.Message.From).ToArray();
        var since = needing.Select(next => next.Now - WhatsAppWindow.Length).ToArray();
        var outside = (await db.Database.SqlQuery<string>(
            $"""
             SELECT message.sid AS "Value"
             FROM unnest({sids}, {accounts}, {recipients}, {senders}, {since})
                 AS message (sid, account_sid, handset, sender, since)
             WHERE NOT EXISTS (SELECT FROM whatsapp_windows
                 WHERE whatsapp_windows.account_sid = message.account_sid
                     AND whatsapp_windows.handset = message.handset AND whatsapp_windows.sender = message.sender
                     AND opened > since)
             """).ToListAsync(cancellation)).ToHashSet();
        return needing.FindAll(next => outside.Contains(next.Message.Sid.Value));
    }
}
