using MessagingServices.Server.Outbound.Throughput;
using MessagingServices.Server.Webhooks;
using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Conversations;
using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Takes due rows so that no other server takes them: <c>FOR UPDATE SKIP LOCKED</c>. Stages that move messages do no I/O besides
/// and hold the rows until their transaction ends; <see cref="WebhookClaims"/> marks its rows as claimed and commits first. Rows are always
/// locked in this order, so that two servers cannot wait for each other: the order of turns (<see cref="SenderBacklogStatements"/>), queue or carrier
/// delivery, claim on media, message, Messaging Service, carrier rules that count, backlog of a sender, sender of the account, member of the pool, sticky sender,
/// opt-outs of the account (<see cref="OptOutStatements"/>), pair of addresses and conversation (<see cref="ConversationLocks"/>). Whoever needs none of the first
/// touches the queue of messages all the same, since whoever empties tables takes it first.
/// </summary>
internal static class RowClaims
{
    /// <summary>Locks up to <paramref name="limit"/> due messages of a stage, the longest due first.</summary>
    public static Task<List<QueuedMessage>> LockDueAsync(
        this MessagingDb db, MessageStage stage, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var name = EnumNames<MessageStage>.Of(stage);
        return db.MessageQueue.FromSql(
            $"""
             SELECT * FROM message_queue WHERE stage = {name} AND due <= {now}
             ORDER BY due LIMIT {limit} FOR UPDATE SKIP LOCKED
             """).AsNoTracking().ToListAsync(cancellation);
    }

    /// <summary>
    /// Locks what a message waits for: its place in the queue of a stage, or without one the carrier's next report. False when it does not
    /// wait there any more.
    /// </summary>
    public static async Task<bool> LockIfWaitingAsync(this MessagingDb db, Sid message, MessageStage? stage, CancellationToken cancellation)
    {
        var name = stage is { } queue ? EnumNames<MessageStage>.Of(queue) : null;
        var locked = await (name is null
            ? db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM carrier_deliveries WHERE message_sid = {message.Value} FOR UPDATE")
            : db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM message_queue WHERE message_sid = {message.Value} AND stage = {name} FOR UPDATE"))
            .ToListAsync(cancellation);
        return locked.Count > 0;
    }

    /// <summary>
    /// Keeps the table of the queue from being emptied before the transaction ends, though no row of it is needed yet: whatever else is taken
    /// comes after it.
    /// </summary>
    public static Task<int> TouchMessageQueueAsync(this MessagingDb db, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"LOCK TABLE message_queue IN ROW EXCLUSIVE MODE", cancellation);

    /// <summary>Locks a message's place in the queue, waiting for the stage that works on it.</summary>
    public static Task<int> LockQueuedAsync(this MessagingDb db, Sid message, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"SELECT 1 FROM message_queue WHERE message_sid = {message.Value} FOR UPDATE", cancellation);

    /// <summary>Locks the messages themselves, for the rest of the transaction.</summary>
    public static Task<List<Message>> LockMessagesAsync(this MessagingDb db, IEnumerable<Sid> messages, CancellationToken cancellation) =>
        db.Messages.FromSql($"SELECT * FROM messages WHERE sid = ANY ({Values(messages)}) ORDER BY sid FOR UPDATE")
            .AsNoTracking().ToListAsync(cancellation);

    /// <summary>
    /// Locks the given Messaging Services with their pools and what they remember: even spread and sticky senders of one service are
    /// decided by one server at a time. Whoever changes a pool locks its service too.
    /// </summary>
    public static Task<int> LockServicesAsync(this MessagingDb db, IEnumerable<Sid> messagingServices, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
            $"SELECT 1 FROM messaging_services WHERE sid = ANY ({Values(messagingServices)}) ORDER BY sid FOR NO KEY UPDATE", cancellation);

    /// <summary>The same of one account: those of others, whoever names them, are left alone.</summary>
    public static Task<int> LockServicesAsync(this MessagingDb db, Sid account, IEnumerable<Sid> messagingServices, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
            $"""
             SELECT 1 FROM messaging_services WHERE sid = ANY ({Values(messagingServices)}) AND account_sid = {account.Value}
             ORDER BY sid FOR NO KEY UPDATE
             """, cancellation);

    /// <summary>
    /// Reads the carrier rules for messages, each with those of the messages that have used it. Rules with <see cref="CarrierRule.Times"/>
    /// that are not used up, or with <see cref="CarrierRule.Percent"/>, are locked, so that servers count one after the other, and read as they
    /// stand then.
    /// </summary>
    public static Task<List<CarrierRule>> LockCarrierRulesAsync(
        this MessagingDb db, IReadOnlyCollection<Message> messages, CancellationToken cancellation)
    {
        var sids = messages.Select(message => message.Sid).ToList();
        var accounts = Values(messages.Select(message => message.AccountSid).Distinct());
        // Named by SID, a rule that another server has used up by the time that it is locked is still among the first.
        return db.CarrierRules.FromSql(
            $"""
             SELECT * FROM (
                 SELECT * FROM carrier_rules
                 WHERE sid = ANY (ARRAY(SELECT sid FROM carrier_rules WHERE account_sid = ANY ({accounts})
                     AND (times_used < times OR (times IS NULL AND percent IS NOT NULL))))
                 ORDER BY sid FOR NO KEY UPDATE) AS counting
             UNION ALL
             SELECT * FROM carrier_rules WHERE account_sid = ANY ({accounts}) AND ((times IS NULL AND percent IS NULL)
                 OR (times_used >= times AND EXISTS (SELECT FROM carrier_rule_uses WHERE rule_sid = sid AND message_sid = ANY ({Values(sids)}))))
             """).Include(rule => rule.Uses.Where(use => sids.Contains(use.MessageSid))).AsNoTracking().ToListAsync(cancellation);
    }

    /// <summary>What rules that draw have drawn for these messages, and the last place in their draws of each of these recipients.</summary>
    public static Task<List<CarrierRuleSample>> ReadDrawsAsync(
        this MessagingDb db, IEnumerable<Sid> rules, IEnumerable<Sid> messages, IEnumerable<string> recipients, CancellationToken cancellation)
    {
        var (drawing, handsets) = (Values(rules), recipients.ToArray());
        return db.CarrierRuleDraws.FromSql(
            $"""
             SELECT * FROM carrier_rule_draws WHERE rule_sid = ANY ({drawing}) AND message_sid = ANY ({Values(messages)})
             UNION
             SELECT last.* FROM unnest({drawing}) AS rule (sid) CROSS JOIN unnest({handsets}) AS handset (number) CROSS JOIN LATERAL (
                 SELECT * FROM carrier_rule_draws WHERE rule_sid = rule.sid AND recipient = handset.number ORDER BY number DESC LIMIT 1) AS last
             """).AsNoTracking().ToListAsync(cancellation);
    }

    /// <summary>Locks up to <paramref name="limit"/> messages on which the simulated carrier's next report is due.</summary>
    public static Task<List<CarrierDelivery>> LockDueDeliveriesAsync(
        this MessagingDb db, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        db.CarrierDeliveries.FromSql(
            $"SELECT * FROM carrier_deliveries WHERE due <= {now} ORDER BY due LIMIT {limit} FOR UPDATE SKIP LOCKED")
            .AsNoTracking().ToListAsync(cancellation);

    private static string[] Values(IEnumerable<Sid> sids) => [.. sids.Select(sid => sid.Value)];
}
