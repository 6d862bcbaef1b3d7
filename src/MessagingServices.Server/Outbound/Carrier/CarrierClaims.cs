using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>
/// Locks carrier rules and the simulated carrier's deliveries. <see cref="Engine.RowClaims"/> defines the order of
/// locks.
/// </summary>
internal static class CarrierClaims
{
    /// <summary>
    /// Reads the carrier rules for messages. Each rule contains its uses by these messages. The query locks rules with
    /// <see cref="FaultRule.Percent"/>, and rules with <see cref="FaultRule.Times"/> that are not used up. So
    /// servers count one after the other, and each reads the state after it has the lock.
    /// </summary>
    public static Task<List<CarrierRule>> LockCarrierRulesAsync(
        this MessagingDb db, IReadOnlyCollection<Message> messages, CancellationToken cancellation)
    {
        var sids = messages.Select(message => message.Sid).ToList();
        var accounts = messages.Select(message => message.AccountSid).Distinct().Values();
        // The inner query selects by SID: the first part then still contains a rule that another server uses up while
        // this query waits for the lock.
        return db.CarrierRules.FromSql(
            $"""
             SELECT * FROM (
                 SELECT * FROM carrier_rules
                 WHERE sid = ANY (ARRAY(SELECT sid FROM carrier_rules WHERE account_sid = ANY ({accounts})
                     AND (times_used < times OR (times IS NULL AND percent IS NOT NULL))))
                 ORDER BY sid FOR NO KEY UPDATE) AS counting
             UNION ALL
             SELECT * FROM carrier_rules
             WHERE account_sid = ANY ({accounts}) AND ((times IS NULL AND percent IS NULL)
                 OR (times_used >= times AND EXISTS (
                     SELECT FROM carrier_rule_uses WHERE rule_sid = sid AND message_sid = ANY ({sids.Values()}))))
             """)
            .Include(rule => rule.Uses.Where(use => sids.Contains(use.MessageSid))).AsNoTracking()
            .ToListAsync(cancellation);
    }

    /// <summary>
    /// Reads samples of rules with a percentage: those of these messages, and each recipient's last one per rule.
    /// </summary>
    public static Task<List<CarrierRuleSample>> ReadSamplesAsync(
        this MessagingDb db, IEnumerable<Sid> rules, IEnumerable<Sid> messages, IEnumerable<string> recipients,
        CancellationToken cancellation)
    {
        var (sampled, handsets) = (rules.Values(), recipients.ToArray());
        return db.CarrierRuleSamples.FromSql(
            $"""
             SELECT * FROM carrier_rule_draws
             WHERE rule_sid = ANY ({sampled}) AND message_sid = ANY ({messages.Values()})
             UNION
             SELECT last.* FROM unnest({sampled}) AS rule (sid) CROSS JOIN unnest({handsets}) AS handset (number)
             CROSS JOIN LATERAL (
                 SELECT * FROM carrier_rule_draws WHERE rule_sid = rule.sid AND recipient = handset.number
                 ORDER BY number DESC LIMIT 1) AS last
             """).AsNoTracking().ToListAsync(cancellation);
    }

    /// <summary>Locks a message's delivery. Returns false when the carrier has nothing more to report.</summary>
    public static async Task<bool> LockDeliveryAsync(
        this MessagingDb db, Sid message, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<int>(
            $"SELECT 1 AS \"Value\" FROM carrier_deliveries WHERE message_sid = {message.Value} FOR UPDATE")
            .ToListAsync(cancellation)).Count > 0;
}
