using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound;

/// <summary>
/// Puts messages from the memory of a server back into the queues: each waits for its next step, and its callbacks that
/// are not stored yet wait in the queue of webhooks.
/// </summary>
internal sealed class ReleaseStatements(
    MessageTransactions transactions, IWebhookOwner webhooks, OwnedMessages memory, CarrierOptions carrier)
{
    /// <summary>Releases these messages, if they are the server's; returns their number.</summary>
    public async Task<int> ReleaseAsync(
        Guid owner, IReadOnlyCollection<Sid> messages, CancellationToken cancellation)
    {
        await using var work = await transactions.BeginAsync(cancellation);
        // Transactions of the owner have ended now, and new ones wait: no status changes, no callback is recorded.
        await work.Npgsql.LockNodeAsync(owner, cancellation);
        var isOwn = owner == memory.Node.Id;
        // Another server may have released them meanwhile, and the owner may have registered again since.
        var sids = await work.Db.OwnedMessages.Where(message => message.Owner == owner
            && messages.Contains(message.MessageSid)
            && (isOwn || !work.Db.ServerNodes.Any(node => node.Id == owner && !node.HasLeft)))
            .Select(message => message.MessageSid).ToListAsync(cancellation);
        // A message may have come back into memory since it was released.
        if (isOwn) sids.RemoveAll(memory.Contains);
        if (sids.Count == 0) return 0;

        var locked = (await work.Db.LockMessagesAsync(sids, cancellation)).ToDictionary(message => message.Sid);
        // In this order: a webhook that another server records meanwhile is not pending any more.
        var queued = await work.Db.WebhookQueue.Where(entry => sids.Contains(entry.MessageSid))
            .Select(entry => entry.WebhookSid).ToHashSetAsync(cancellation);
        queued.UnionWith(await work.Db.HeldWebhooks.Where(entry => sids.Contains(entry.MessageSid))
            .Select(entry => entry.WebhookSid).ToListAsync(cancellation));
        var stored = (await work.Db.Webhooks.AsNoTracking().Where(webhook => sids.Contains(webhook.MessageSid))
            .OrderBy(webhook => webhook.Ordinal).ToListAsync(cancellation)).ToLookup(webhook => webhook.MessageSid);
        var inFlight = isOwn ? webhooks.Claimed.ToHashSet() : [];
        var defaultPlan = await ReadDefaultPlanAsync(work.Db, owner, cancellation);
        foreach (var sid in sids)
        {
            work.Batch.Part<OwnedRows>().Remove(sid);
            if (locked.GetValueOrDefault(sid) is { } message) Place(work.Batch, message, defaultPlan);
            Enqueue(locked.GetValueOrDefault(sid), stored[sid].ToList());
        }

        await work.CommitAsync(CancellationToken.None);
        return sids.Count;

        void Enqueue(Message? message, IReadOnlyList<Webhook> known)
        {
            var rows = work.Batch.Part<WebhookRows>();
            // A reader of the list of webhooks has stored these. Or the message was deleted since.
            foreach (var webhook in known)
                if (webhook.Outcome == WebhookOutcome.Pending && !queued.Contains(webhook.Sid))
                    rows.Add(webhook, isStored: true, ClaimOf(webhook));
            if (message is null) return;
            foreach (var webhook in PendingCallbacks.Of(message, known))
                rows.Add(webhook, isStored: false, ClaimOf(webhook));
        }

        // Its result is recorded as that of a claimed webhook.
        Guid? ClaimOf(Webhook webhook) => inFlight.Contains(webhook.Sid) ? memory.Node.Id : null;
    }

    // The owner may have had other delays than this server.
    private async Task<CarrierPlan> ReadDefaultPlanAsync(MessagingDb db, Guid owner, CancellationToken cancellation) =>
        (await db.ServerNodes.AsNoTracking().SingleOrDefaultAsync(node => node.Id == owner, cancellation))?.DefaultPlan
        ?? carrier.Delays.DefaultPlan;

    private static void Place(WriteBatch batch, Message message, CarrierPlan defaultPlan)
    {
        switch (message.Status)
        {
            case MessageStatus.Accepted:
                batch.MessageQueue.Place(message, MessageStage.SelectSender, message.DateCreated);
                break;
            case MessageStatus.Queued:
                batch.MessageQueue.Place(message, MessageStage.HandToCarrier, message.DateUpdated);
                break;
            default:
                if (CarrierDelivery.Resume(message, message.CarrierPlan ?? defaultPlan) is { } next)
                    batch.Part<CarrierRows>().Add(next);
                break;
        }
    }
}
