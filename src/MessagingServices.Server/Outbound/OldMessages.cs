using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Outbound;

/// <summary>Messages that ended long ago: finds and removes them. Long is meant by the database's clock, not by the emulator's.</summary>
/// <remarks>
/// With a million messages a look takes 0.3 ms and the removal of 200, with 600 webhooks, 20 ms; so some 5,000 go in a second, with as much rest.
/// </remarks>
internal static class OldMessages
{
    // Along the index by which messages are listed: the order in which they were stored.
    private const string FindSql =
        """
        SELECT account_sid, ordinal, sid, stored_at >= now() - $3, status = ANY ($4) AND COALESCE(ended_at, stored_at) < now() - $3
        FROM messages WHERE (account_sid, ordinal) > ($1, $2) ORDER BY account_sid, ordinal LIMIT $5
        """;

    // Whoever has the message at this moment keeps it; it is met again by the next sweep.
    private static readonly Statement<Sid> Lock = Statement.OverSids(c =>
        $"""
        SELECT sid FROM messages WHERE sid = ANY ({c["sid"]}) AND status = ANY ({c.Scalar(1)}) AND COALESCE(ended_at, stored_at) < now() - {c.Scalar(2)}
        ORDER BY sid FOR UPDATE SKIP LOCKED
        """);

    // Before it is asked whether they are still owed: whoever wants one made again now waits, and then finds that it is gone.
    private static readonly Statement<Sid> LockWebhooks = Statement.OverSids(c =>
        $"SELECT sid FROM webhooks WHERE message_sid = ANY ({c["sid"]}) ORDER BY sid FOR UPDATE");

    // What keeps a message, though it has ended, stands in "going". Links live by the emulator's clock.
    // The uses and draws of a rule that is being deleted go with the rule. The last draw of a recipient is where its next message counts from.
    private static readonly Statement<Sid> Remove = Statement.OverSids(c =>
        $"""
        WITH going AS MATERIALIZED (
            SELECT going_sid AS sid FROM unnest({c["sid"]}) AS going_sid
            WHERE NOT EXISTS (SELECT FROM message_queue WHERE message_sid = going_sid)
                AND NOT EXISTS (SELECT FROM carrier_deliveries WHERE message_sid = going_sid)
                AND NOT EXISTS (SELECT FROM webhook_queue WHERE message_sid = going_sid)
                AND NOT EXISTS (SELECT FROM media WHERE message_sid = going_sid AND link_expires > {c.Scalar(1)})
        ), used AS MATERIALIZED (
            SELECT rule_sid, message_sid FROM carrier_rule_uses JOIN going ON message_sid = sid FOR UPDATE OF carrier_rule_uses SKIP LOCKED
        ), unused AS (
            DELETE FROM carrier_rule_uses USING used
            WHERE carrier_rule_uses.rule_sid = used.rule_sid AND carrier_rule_uses.message_sid = used.message_sid
        ), drawn AS MATERIALIZED (
            SELECT rule_sid, message_sid FROM carrier_rule_draws AS draw JOIN going ON message_sid = sid
            WHERE EXISTS (SELECT FROM carrier_rule_draws AS later
                WHERE later.rule_sid = draw.rule_sid AND later.recipient = draw.recipient AND later.number > draw.number)
            FOR UPDATE OF draw SKIP LOCKED
        ), undrawn AS (
            DELETE FROM carrier_rule_draws USING drawn
            WHERE carrier_rule_draws.rule_sid = drawn.rule_sid AND carrier_rule_draws.message_sid = drawn.message_sid
        ), confirmed AS (
            DELETE FROM message_feedback USING going WHERE message_sid = going.sid
        ), made AS (
            DELETE FROM webhooks USING going WHERE message_sid = going.sid
        ), seen AS (
            DELETE FROM media USING going WHERE message_sid = going.sid
        ), selected AS (
            DELETE FROM sender_selections USING going WHERE message_sid = going.sid
        )
        DELETE FROM messages USING going WHERE messages.sid = going.sid
        """);

    /// <summary>Looks at the next messages in the order in which they were stored, up to the first that was stored less than the days ago.</summary>
    public static async Task<OldMessagesLook> FindOldMessagesAsync(
        this NpgsqlDataSource database, MessagePlace after, int days, int limit, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(FindSql)
        {
            Parameters =
            {
                Scalar.Of(after.AccountSid), Scalar.Of(after.Ordinal),
                Days(days), Scalar.Of(MessageRows.Terminal), Scalar.Of(limit),
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        List<Sid> ended = [];
        MessagePlace? reached = null;
        var looked = 0;
        while (await reader.ReadAsync(cancellation))
        {
            looked++;
            var account = reader.GetString(0);
            var isYoung = reader.GetBoolean(3);
            // All that follow in the account are young, too.
            reached = new(account, isYoung ? long.MaxValue : reader.GetInt64(1));
            if (isYoung) break;
            if (reader.GetBoolean(4)) ended.Add(Sid.Parse(reader.GetString(2)));
        }

        return new(ended, looked, reached);
    }

    /// <summary>Removes messages with all that is theirs, but for those that somebody works on and those of which something is still owed.</summary>
    /// <param name="database">The database.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="days">For how many days they must have ended.</param>
    /// <param name="now">Now on the emulator's clock: links that live longer keep their messages.</param>
    /// <param name="cancellation">Gives up; nothing is removed then.</param>
    /// <returns>How many.</returns>
    public static async Task<int> RemoveMessagesAsync(
        this NpgsqlDataSource database, IReadOnlyList<Sid> messages, int days, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        List<Sid> locked = [];
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(TransactionSettings.Command());
            batch.BatchCommands.Add(Lock.For(messages, Scalar.Of(MessageRows.Terminal), Days(days)));
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            await reader.NextResultAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) locked.Add(Sid.Parse(reader.GetString(0)));
        }

        await using var removal = new NpgsqlBatch(connection, transaction);
        removal.BatchCommands.Add(LockWebhooks.For(locked));
        var remove = Remove.For(locked, Scalar.Of(now));
        removal.BatchCommands.Add(remove);
        await removal.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return (int)remove.RecordsAffected;
    }

    // Days of 24 hours, whatever time zone the connection has.
    private static NpgsqlParameter Days(int days) => Scalar.Of(TimeSpan.FromDays(days));
}

/// <summary>A place in the order of an account's messages.</summary>
internal readonly record struct MessagePlace(string AccountSid, long Ordinal)
{
    /// <summary>Before all messages of all accounts.</summary>
    public static MessagePlace First => new("", 0);
}

/// <summary>What one look at old messages brought.</summary>
/// <param name="Ended">Those that ended long enough ago.</param>
/// <param name="Looked">How many were looked at.</param>
/// <param name="Next">After which place to go on; null when there are no more.</param>
internal sealed record OldMessagesLook(IReadOnlyList<Sid> Ended, int Looked, MessagePlace? Next);
