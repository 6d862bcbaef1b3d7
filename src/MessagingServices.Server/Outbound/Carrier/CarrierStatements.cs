using Npgsql;
using static MessagingServices.Server.Data.Columns;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>What the simulated carrier has on its way, and the use of its rules.</summary>
internal static class CarrierStatements
{
    public static NpgsqlBatchCommand Insert(IReadOnlyList<CarrierDelivery> deliveries) => Over(
        """
        INSERT INTO carrier_deliveries (message_sid, next_status, final_status, error_code, delay_ms, due)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6) ON CONFLICT (message_sid) DO NOTHING
        """, deliveries,
        Sids<CarrierDelivery>(d => d.MessageSid),
        Text<CarrierDelivery>(d => EnumNames<MessageStatus>.Of(d.NextStatus)),
        Text<CarrierDelivery>(d => EnumNames<MessageStatus>.Of(d.FinalStatus)),
        Integers<CarrierDelivery>(d => d.ErrorCode),
        Integers<CarrierDelivery>(d => d.DelayMs),
        Times<CarrierDelivery>(d => d.Due));

    public static NpgsqlBatchCommand Update(IReadOnlyList<CarrierDelivery> deliveries) => Over(
        """
        UPDATE carrier_deliveries SET next_status = row.next_status, due = row.due
        FROM unnest($1, $2, $3) AS row (message_sid, next_status, due) WHERE carrier_deliveries.message_sid = row.message_sid
        """, deliveries,
        Sids<CarrierDelivery>(d => d.MessageSid),
        Text<CarrierDelivery>(d => EnumNames<MessageStatus>.Of(d.NextStatus)),
        Times<CarrierDelivery>(d => d.Due));

    public static NpgsqlBatchCommand Delete(IReadOnlyList<Sid> messages) => Over(
        "DELETE FROM carrier_deliveries WHERE message_sid = ANY ($1)", messages,
        Sids<Sid>(sid => sid));

    // The rules are locked since they were read.
    public static NpgsqlBatchCommand Draw(IReadOnlyList<CarrierRuleSample> draws) => Over(
        """
        INSERT INTO carrier_rule_draws (rule_sid, message_sid, recipient, number)
        SELECT * FROM unnest($1, $2, $3, $4) ON CONFLICT (rule_sid, message_sid) DO NOTHING
        """, draws,
        Sids<CarrierRuleSample>(draw => draw.RuleSid),
        Sids<CarrierRuleSample>(draw => draw.MessageSid),
        Text<CarrierRuleSample>(draw => draw.Recipient),
        Longs<CarrierRuleSample>(draw => draw.Number));

    // The rules are locked first, in one order, so that none is deleted meanwhile. A message that is on its way already was handed over
    // before: what it uses was counted then.
    public static NpgsqlBatchCommand Use(IReadOnlyList<CarrierRuleUse> uses) => Over(
        """
        WITH rule AS MATERIALIZED (
            SELECT sid FROM carrier_rules WHERE sid = ANY ($1) ORDER BY sid FOR NO KEY UPDATE
        ), used AS (
            INSERT INTO carrier_rule_uses (rule_sid, message_sid)
            SELECT rule_sid, message_sid FROM unnest($1, $2) AS row (rule_sid, message_sid)
            WHERE rule_sid IN (SELECT sid FROM rule)
                AND NOT EXISTS (SELECT FROM carrier_deliveries WHERE carrier_deliveries.message_sid = row.message_sid)
            ON CONFLICT (rule_sid, message_sid) DO NOTHING RETURNING rule_sid
        )
        UPDATE carrier_rules SET times_used = times_used + counted.uses
        FROM (SELECT rule_sid, count(*) AS uses FROM used GROUP BY rule_sid) AS counted WHERE sid = counted.rule_sid
        """, uses,
        Sids<CarrierRuleUse>(use => use.RuleSid),
        Sids<CarrierRuleUse>(use => use.MessageSid));
}
