using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Outbound.Carrier;

/// <summary>The simulated carrier's deliveries, and the samples and uses of its rules.</summary>
internal sealed class CarrierRows : IBatchPart
{
    private static readonly ColumnSet<CarrierDelivery> Report = new()
    {
        { "message_sid", delivery => delivery.MessageSid },
        { "next_status", delivery => EnumNames<MessageStatus>.Of(delivery.NextStatus) },
        { "due_at", delivery => delivery.Due },
        { "wake", delivery => delivery.Wake },
    };

    private static readonly Statement<CarrierDelivery> Insert = Statement.Insert(
        "carrier_deliveries",
        new ColumnSet<CarrierDelivery>(Report)
        {
            { "account_sid", delivery => delivery.AccountSid },
            { "final_status", delivery => EnumNames<MessageStatus>.Of(delivery.FinalStatus) },
            { "error_code", delivery => delivery.ErrorCode },
            { "delay_ms", delivery => delivery.DelayMs },
        },
        "ON CONFLICT (message_sid) DO NOTHING");

    private static readonly Statement<CarrierDelivery> Update = new(Report, c =>
        $"""
        UPDATE carrier_deliveries SET {c.Assignments("message_sid")}
        FROM {c.Rows} WHERE carrier_deliveries.message_sid = row.message_sid
        """);

    private static readonly Statement<Sid> Delete =
        Statement.OverSids(c => $"DELETE FROM carrier_deliveries WHERE message_sid = ANY ({c["sid"]})");

    // CarrierRuleReader.LockAsync has locked the rules.
    private static readonly Statement<CarrierRuleSample> InsertSamples = Statement.Insert(
        "carrier_rule_draws",
        new ColumnSet<CarrierRuleSample>
        {
            { "rule_sid", sample => sample.RuleSid },
            { "message_sid", sample => sample.MessageSid },
            { "recipient", sample => sample.Recipient },
            { "number", sample => sample.Number },
        },
        "ON CONFLICT (rule_sid, message_sid) DO NOTHING");

    // It locks the rules first, always in the same order, so that no rule is deleted in between. A message with a
    // delivery was submitted before, and its uses were counted then.
    private static readonly Statement<CarrierRuleUse> CountUses = new(
        new() { { "rule_sid", use => use.RuleSid }, { "message_sid", use => use.MessageSid } },
        c => $"""
            WITH rule AS MATERIALIZED (
                SELECT sid FROM carrier_rules WHERE sid = ANY ({c["rule_sid"]}) ORDER BY sid FOR NO KEY UPDATE
            ), used AS (
                INSERT INTO carrier_rule_uses ({c.Names})
                SELECT {c.Values} FROM {c.Rows}
                WHERE rule_sid IN (SELECT sid FROM rule)
                    AND NOT EXISTS (
                        SELECT FROM carrier_deliveries WHERE carrier_deliveries.message_sid = row.message_sid)
                ON CONFLICT (rule_sid, message_sid) DO NOTHING RETURNING rule_sid
            )
            UPDATE carrier_rules SET times_used = times_used + counted.uses
            FROM (SELECT rule_sid, count(*) AS uses FROM used GROUP BY rule_sid) AS counted WHERE sid = counted.rule_sid
            """);

    private readonly HashSet<CarrierRuleUse> uses = [];
    private readonly List<CarrierRuleSample> samples = [];
    private readonly List<CarrierDelivery> added = [];
    private readonly List<CarrierDelivery> advanced = [];
    private readonly List<Sid> removed = [];

    /// <inheritdoc/>
    public BatchStep Step => BatchStep.Carrier;

    /// <inheritdoc/>
    public EmulatorClock Clock { get; set; } = null!;

    /// <inheritdoc/>
    public WorkQueues Feeds => added.Count + advanced.Count > 0 ? WorkQueues.CarrierReports : WorkQueues.None;

    /// <summary>
    /// Records that a message has used a rule. The rule counts the use immediately, so later decisions in this
    /// transaction see it. Each message counts once, also over several transactions. A rule without
    /// <see cref="FaultRule.Times"/> does not count.
    /// </summary>
    /// <param name="rule">A rule from <see cref="CarrierRuleReader.LockAsync"/>.</param>
    public void Use(CarrierRule rule, Sid message)
    {
        if (rule.Times is null) return;
        rule.Use(message);
        uses.Add(new(rule.Sid, message));
    }

    /// <summary>
    /// Adds a message to the samples of rules with a <see cref="FaultRule.Percent"/>, once, whether or not the rules
    /// apply to it.
    /// </summary>
    /// <param name="rules">Rules from <see cref="CarrierRuleReader.LockAsync"/>.</param>
    public void Sample(IEnumerable<CarrierRule> rules, CarrierMessage message)
    {
        foreach (var rule in rules)
            if (rule.Sample(message) is { } sample) samples.Add(sample);
    }

    public void Add(CarrierDelivery delivery) => added.Add(delivery);

    /// <summary>Stores the next report of a delivery.</summary>
    public void Advance(CarrierDelivery delivery) => advanced.Add(delivery);

    /// <summary>Removes the delivery of a message: the carrier sends no more reports.</summary>
    public void Remove(Sid message) => removed.Add(message);

    /// <inheritdoc/>
    public void AddCommands(IList<NpgsqlBatchCommand> commands, bool maybeStored)
    {
        foreach (var delivery in added.Concat(advanced))
            delivery.Wake = Clock.WakeOf(delivery.AccountSid, delivery.Due);
        // CountUses reads the stored deliveries to recognise repeats, so it must run before Insert.
        if (samples.Count > 0) commands.Add(InsertSamples.For(samples));
        if (uses.Count > 0) commands.Add(CountUses.For([.. uses]));
        if (added.Count > 0) commands.Add(Insert.For(added));
        if (advanced.Count > 0) commands.Add(Update.For(advanced));
        if (removed.Count > 0) commands.Add(Delete.For(removed));
    }
}
