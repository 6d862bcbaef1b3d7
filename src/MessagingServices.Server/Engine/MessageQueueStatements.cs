using MessagingServices.Server.Data.Queues;
using Npgsql;
using static MessagingServices.Server.Data.Columns;

namespace MessagingServices.Server.Engine;

/// <summary>What goes with a message that moves: its place in the queue, its selection, the use of its sender.</summary>
internal static class MessageQueueStatements
{
    private static readonly Func<IReadOnlyList<QueuedMessage>, NpgsqlParameter> Sid = Sids<QueuedMessage>(e => e.MessageSid);
    private static readonly Func<IReadOnlyList<QueuedMessage>, NpgsqlParameter> Stage = Text<QueuedMessage>(e => EnumNames<MessageStage>.Of(e.Stage));
    private static readonly Func<IReadOnlyList<QueuedMessage>, NpgsqlParameter> Due = Times<QueuedMessage>(e => e.Due);

    private const string EnqueueSql = "INSERT INTO message_queue (message_sid, stage, due) SELECT * FROM unnest($1, $2, $3)";

    /// <param name="entries">New messages, each with the stage that it waits for.</param>
    /// <param name="maybeStored">
    /// Whether they may be there already, as after a commit whose answer was lost: a message that has moved on since stays where it is.
    /// </param>
    public static NpgsqlBatchCommand Enqueue(IReadOnlyList<QueuedMessage> entries, bool maybeStored) => Over(
        maybeStored ? $"{EnqueueSql} ON CONFLICT (message_sid) DO NOTHING" : EnqueueSql, entries, Sid, Stage, Due);

    public static NpgsqlBatchCommand Place(IReadOnlyList<QueuedMessage> entries) => Over(
        """
        INSERT INTO message_queue (message_sid, stage, due, has_turn) SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT (message_sid) DO UPDATE SET stage = excluded.stage, due = excluded.due, has_turn = excluded.has_turn
        """, entries, Sid, Stage, Due, Switches<QueuedMessage>(e => e.HasTurn));

    public static NpgsqlBatchCommand MoveOn(IReadOnlyList<QueuedMessage> entries) => Over(
        """
        UPDATE message_queue SET stage = row.stage, due = row.due, has_turn = row.has_turn
        FROM unnest($1, $2, $3, $4) AS row (message_sid, stage, due, has_turn) WHERE message_queue.message_sid = row.message_sid
        """, entries, Sid, Stage, Due, Switches<QueuedMessage>(e => e.HasTurn));

    public static NpgsqlBatchCommand Unqueue(IReadOnlyList<Domain.Sid> messages) => Over(
        "DELETE FROM message_queue WHERE message_sid = ANY ($1)", messages,
        Sids<Domain.Sid>(sid => sid));

    public static NpgsqlBatchCommand InsertSelections(IReadOnlyList<SenderSelection> selections) => Over(
        """
        INSERT INTO sender_selections (message_sid, chosen, reason, steps)
        SELECT message_sid, chosen, reason, steps FROM unnest($1, $2, $3, $4) AS row (message_sid, chosen, reason, steps)
        """, selections,
        Sids<SenderSelection>(s => s.MessageSid),
        Text<SenderSelection>(s => s.Chosen),
        Text<SenderSelection>(s => s.Reason),
        Text<SenderSelection>(s => StoredJson.Write(s.Steps)));

    public static NpgsqlBatchCommand SaveUses(IReadOnlyList<PoolSender> senders) => Over(
        "UPDATE pool_senders SET last_used = row.last_used FROM unnest($1, $2) AS row (sid, last_used) WHERE pool_senders.sid = row.sid",
        senders,
        Sids<PoolSender>(s => s.Sid),
        Longs<PoolSender>(s => s.LastUsed));
}
