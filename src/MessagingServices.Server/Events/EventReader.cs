using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Events;

/// <summary>Reads the rows of changed things, always of one account only.</summary>
internal sealed class EventReader(IDbContextFactory<MessagingDb> databases, IEventEncoder encoder)
{
    /// <summary>
    /// Completes changes with their data. Those whose row is gone are left out: their deletion is another event.
    /// </summary>
    public async Task<IReadOnlyList<Change>> FillAsync(
        Sid account, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        var rows = changes.Any(change => change.IsHint)
            ? await ReadAsync(account, changes.Where(change => change.IsHint), cancellation) : [];
        List<Change> filled = new(changes.Count);
        foreach (var change in changes)
        {
            if (change.IsHint)
            {
                if (!rows.TryGetValue(change.Key, out var row)) continue;
                change.Subject = row;
                change.MessagingServiceSid = ServiceOf(row);
            }

            change.Data ??= encoder.Encode(change.Subject!);
            // The JSON is all that is kept.
            change.Subject = null;
            filled.Add(change);
        }

        return filled;
    }

    /// <summary>Reads events again whose data is not kept.</summary>
    public async Task<IReadOnlyList<(Change Change, byte[] Data)>> ReadAgainAsync(
        Sid account, IReadOnlyList<(Change Change, byte[]? Data)> events, CancellationToken cancellation)
    {
        var missing = events.Where(entry => entry.Data is null).Select(entry => entry.Change).ToList();
        var rows = missing.Count == 0 ? [] : await ReadAsync(account, missing, cancellation);
        List<(Change, byte[])> complete = new(events.Count);
        foreach (var (change, data) in events)
        {
            if (data is not null) complete.Add((change, data));
            else if (rows.TryGetValue(change.Key, out var row)) complete.Add((change, encoder.Encode(row)));
        }

        return complete;
    }

    private async Task<Dictionary<string, object>> ReadAsync(
        Sid account, IEnumerable<Change> hints, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        Dictionary<string, object> rows = [];
        foreach (var group in hints.GroupBy(hint => hint.Type))
        {
            List<string> keys = [.. group.Select(hint => hint.Key).Distinct().Where(key => !rows.ContainsKey(key))];
            if (keys.Count == 0) continue;
            foreach (var (key, row) in await ReadAsync(db, account, group.Key, keys, cancellation)) rows[key] = row;
        }

        return rows;
    }

    private static async Task<IEnumerable<(string Key, object Row)>> ReadAsync(
        MessagingDb db, Sid account, EventTypes type, IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        List<Sid> sids = [.. keys.Where(key => Sid.TryParse(key, null, out _)).Select(key => Sid.Parse(key))];
        return type switch
        {
            EventTypes.MessageCreated or EventTypes.MessageUpdated =>
                (await db.Messages.AsNoTracking()
                    .Where(message => sids.Contains(message.Sid) && message.AccountSid == account)
                    .ToListAsync(cancellation)).Select(row => (row.Sid.Value, (object)row)),
            EventTypes.WebhookUpdated =>
                (await db.Webhooks.AsNoTracking()
                    .Where(webhook => sids.Contains(webhook.Sid) && webhook.AccountSid == account)
                    .ToListAsync(cancellation)).Select(row =>
                        (row.Sid.Value, (object)new WebhookResult(row, row.Outcome, row.Attempts))),
            EventTypes.ConversationUpdated =>
                (await db.Conversations.AsNoTracking()
                    .Where(conversation => sids.Contains(conversation.Sid) && conversation.AccountSid == account)
                    .ToListAsync(cancellation)).Select(row => (row.Sid.Value, (object)row)),
            EventTypes.RuleUpdated => await ReadRulesAsync(db, account, sids, cancellation),
            EventTypes.AccountUpdated =>
                (await db.Accounts.AsNoTracking().Where(found => sids.Contains(found.Sid)
                    && (found.Sid == account || found.OwnerSid == account))
                    .ToListAsync(cancellation)).Select(row => (row.Sid.Value, (object)row)),
            // The others say all when they are published.
            _ => [],
        };
    }

    // Each family of rules has its table.
    private static async Task<IEnumerable<(string Key, object Row)>> ReadRulesAsync(
        MessagingDb db, Sid account, IReadOnlyList<Sid> sids, CancellationToken cancellation)
    {
        List<(string, object)> rules = [];
        foreach (var family in sids.GroupBy(sid => sid.Prefix))
        {
            List<Sid> ofFamily = [.. family];
            if (family.Key == SidPrefix.CarrierRule)
            {
                rules.AddRange((await db.CarrierRules.AsNoTracking()
                    .Where(rule => ofFamily.Contains(rule.Sid) && rule.AccountSid == account)
                    .ToListAsync(cancellation)).Select(row => (row.Sid.Value, (object)row)));
            }
            else if (family.Key == SidPrefix.RequestRule)
            {
                rules.AddRange((await db.RequestRules.AsNoTracking()
                    .Where(rule => ofFamily.Contains(rule.Sid) && rule.AccountSid == account)
                    .ToListAsync(cancellation)).Select(row => (row.Sid.Value, (object)row)));
            }
            else if (family.Key == SidPrefix.WebhookRule)
            {
                rules.AddRange((await db.WebhookRules.AsNoTracking()
                    .Where(rule => ofFamily.Contains(rule.Sid) && rule.AccountSid == account)
                    .ToListAsync(cancellation)).Select(row => (row.Sid.Value, (object)row)));
            }
        }

        return rules;
    }

    private static Sid? ServiceOf(object row) => row switch
    {
        Message message => message.MessagingServiceSid,
        WebhookResult result => EventBus.ServiceOf(result.Webhook),
        Conversation conversation => conversation.MessagingServiceSid,
        _ => null,
    };
}
