using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// The status callbacks that a server delivers from memory. They are stored only when they have ended; until then they
/// follow from the histories of their messages.
/// </summary>
internal static class PendingCallbacks
{
    private const string Status = "MessageStatus";

    /// <summary>Returns the webhooks of a message's status callbacks that are not stored, in order.</summary>
    /// <param name="message">The message.</param>
    /// <param name="stored">The stored webhooks of the message. Read them after the message.</param>
    public static IEnumerable<Webhook> Of(Message message, IEnumerable<Webhook> stored)
    {
        // Webhooks of a message that obfuscates its recipient are always stored.
        if (message.Options.HasFlag(MessageOptions.ObfuscateAddress)) return [];
        // Compared by status: an earlier version gave them random SIDs.
        var statuses = stored.Where(webhook => webhook.Kind == WebhookKind.StatusCallback).Select(StatusOf).ToHashSet();
        return StatusCallback.AllOf(message).Select(callback => new Webhook(callback))
            .Where(webhook => !statuses.Contains(StatusOf(webhook)));
    }

    /// <summary>
    /// Stores the pending callbacks of messages in the memory of any server, so that a query of webhooks finds them.
    /// Their servers still deliver them.
    /// </summary>
    /// <param name="db">The database; a transaction that is open is used.</param>
    /// <param name="messages">Which messages.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task StorePendingCallbacksAsync(
        this MessagingDb db, IQueryable<Message> messages, CancellationToken cancellation) =>
        db.InTransactionAsync(async () =>
        {
            var owned = await messages.AsNoTracking()
                .Where(message => db.OwnedMessages.Any(ownership => ownership.MessageSid == message.Sid))
                .OrderBy(message => message.Sid).ToListAsync(cancellation);
            if (owned.Count == 0) return false;
            var sids = owned.Select(message => message.Sid).ToList();
            var stored = (await db.Webhooks.AsNoTracking().Where(webhook => sids.Contains(webhook.MessageSid))
                .ToListAsync(cancellation)).ToLookup(webhook => webhook.MessageSid);
            List<Webhook> pending = [.. owned.SelectMany(message => Of(message, stored[message.Sid]))];
            await WebhookRows.InsertMissingAsync(db, pending, cancellation);
            return true;
        }, cancellation);

    private static string StatusOf(Webhook webhook) => webhook.Parameters.FirstOrDefault(p => p.Key == Status).Value;
}
