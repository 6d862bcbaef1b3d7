using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>Locks what webhook rules decide on, and stores what they have decided.</summary>
internal static class WebhookRuleStatements
{
    // Rows of the queue first, as in all transactions: another order could cause a deadlock.
    private static readonly Statement<WebhookDecision> Advance = new(
        new()
        {
            { "sid", decision => decision.Webhook.Sid },
            { "step", decision => EnumNames<Data.Queues.WebhookStep>.Of(decision.Step!.Value) },
            { "wait", decision => decision.WaitMs },
            { "aside", decision => decision.IsPutAside },
        },
        c => $"""
        UPDATE webhook_queue SET step = row.step,
            not_before = CASE WHEN row.aside THEN clock_timestamp() + row.wait * interval '1 ms' END,
            claimed_by = CASE WHEN NOT row.aside THEN claimed_by END,
            claimed_at = CASE WHEN NOT row.aside THEN claimed_at END
        FROM {c.Rows} WHERE webhook_sid = row.sid AND claimed_by = {c.Scalar(1)}
        """);

    private static readonly Statement<WebhookDecision> Drop = new(
        new() { { "sid", decision => decision.Webhook.Sid } },
        c => $"""
        WITH dropped AS (
            DELETE FROM webhook_queue USING {c.Rows} WHERE webhook_sid = row.sid AND claimed_by = {c.Scalar(1)}
            RETURNING webhook_sid, message_sid, ordinal
        ), released AS (
            UPDATE webhook_queue AS held SET step = 'decided', not_before = NULL FROM dropped
            WHERE held.message_sid = dropped.message_sid AND held.step = 'held' AND held.ordinal < dropped.ordinal
        )
        UPDATE webhooks SET outcome = 'dropped' FROM dropped WHERE sid = webhook_sid
        """);

    private static readonly Statement<WebhookDecision> SetFault = new(
        new()
        {
            { "sid", decision => decision.Webhook.Sid },
            { "fault", decision => StoredJson.Write(decision.Fault!) },
        },
        c => $"UPDATE webhooks SET fault = row.fault FROM {c.Rows} WHERE webhooks.sid = row.sid");

    private static readonly Statement<(Sid Rule, int Uses)> CountUses = new(
        new() { { "sid", use => use.Rule }, { "uses", use => use.Uses } },
        c => $"""
        UPDATE webhook_rules SET times_used = times_used + row.uses FROM {c.Rows} WHERE webhook_rules.sid = row.sid
        """);

    private static readonly Statement<WebhookRuleMatches> CountMatches = Statement.Insert(
        "webhook_rule_matches",
        new ColumnSet<WebhookRuleMatches>
        {
            { "rule_sid", count => count.RuleSid },
            { "recipient", count => count.Recipient },
            { "matches", count => count.Matches },
        },
        "ON CONFLICT (rule_sid, recipient) DO UPDATE SET matches = excluded.matches");

    /// <summary>Locks webhooks in the queue that a node has claimed.</summary>
    /// <returns>Those whose claim it still has, in the order of the queue.</returns>
    public static async Task<IReadOnlyList<Sid>> LockClaimedAsync(
        this MessagingDb db, Guid node, IEnumerable<Sid> webhooks, CancellationToken cancellation) =>
        [.. (await db.Database.SqlQuery<string>(
            $"""
             SELECT webhook_sid AS "Value" FROM webhook_queue
             WHERE webhook_sid = ANY ({webhooks.Values()}) AND claimed_by = {node}
             ORDER BY ordinal FOR UPDATE
             """).ToListAsync(cancellation)).Select(sid => Sid.Parse(sid))];

    /// <summary>
    /// Locks the rules of the webhooks' accounts, so that servers count one after the other, and reads how often they
    /// have matched.
    /// </summary>
    public static async Task<WebhookRules> LockRulesAsync(
        this MessagingDb db, IReadOnlyCollection<WebhookSubject> webhooks, CancellationToken cancellation)
    {
        if (webhooks.Count == 0) return new([], []);
        var accounts = webhooks.Select(webhook => webhook.AccountSid).Distinct().Values();
        var rules = await db.WebhookRules.FromSql(
            $"SELECT * FROM webhook_rules WHERE account_sid = ANY ({accounts}) ORDER BY sid FOR NO KEY UPDATE")
            .AsNoTracking().ToListAsync(cancellation);
        List<Sid> sampled = [.. rules.Where(rule => rule.Percent is not null).Select(rule => rule.Sid)];
        if (sampled.Count == 0) return new(rules, []);
        List<string> handsets = [.. webhooks.Select(webhook => webhook.Handset).Distinct()];
        return new(rules, await db.WebhookRuleMatches.AsNoTracking()
            .Where(count => sampled.Contains(count.RuleSid) && handsets.Contains(count.Recipient))
            .ToListAsync(cancellation));
    }

    /// <summary>Stores decisions with the counts of the rules, in the open transaction.</summary>
    public static async Task SaveDecisionsAsync(
        this MessagingDb db, Guid node, IReadOnlyList<WebhookDecision> decisions, WebhookRules rules,
        CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        Add(Advance, [.. decisions.Where(decision => decision.Step is not null)], Scalar.Of(node));
        Add(Drop, [.. decisions.Where(decision => decision.Step is null)], Scalar.Of(node));
        Add(SetFault, [.. decisions.Where(decision => decision.Fault is not null)]);
        Add(CountUses, [.. rules.Uses.Select(use => (use.Key, use.Value))]);
        Add(CountMatches, rules.ChangedMatches);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);

        void Add<T>(Statement<T> statement, IReadOnlyList<T> rows, params ReadOnlySpan<NpgsqlParameter> scalars)
        {
            if (rows.Count > 0) batch.BatchCommands.Add(statement.For(rows, scalars));
        }
    }
}
