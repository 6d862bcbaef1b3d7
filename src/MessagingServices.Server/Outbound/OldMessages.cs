using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;
using Npgsql;

namespace MessagingServices.Server.Outbound;

/// <summary>
/// Finds and removes messages whose retention has expired. Retention uses the database's clock, not the emulator's.
/// </summary>
/// <remarks>
/// With a million messages, one query takes 0.3 ms. The removal of 200 messages with 600 webhooks takes 20 ms. With
/// pauses of the same length, that is about 5,000 messages per second.
/// </remarks>
internal static class OldMessages
{
    // Uses the index of the list of messages, which has the order in which they were stored.
    private const string FindSql =
        """
        SELECT account_sid, ordinal, sid, stored_at >= now() - $3,
            status = ANY ($4) AND COALESCE(ended_at, stored_at) < now() - $3
        FROM messages WHERE (account_sid, ordinal) > ($1, $2) ORDER BY account_sid, ordinal LIMIT $5
        """;

    // Skips messages that another transaction has locked. The next sweep finds them again.
    private static readonly Statement<Sid> Lock = Statement.OverSids(c =>
        $"""
        SELECT sid FROM messages
        WHERE sid = ANY ({c["sid"]}) AND status = ANY ({c.Scalar(1)})
            AND COALESCE(ended_at, stored_at) < now() - {c.Scalar(2)}
        ORDER BY sid FOR UPDATE SKIP LOCKED
        """);

    // Locks the webhooks before the check whether they are pending. A concurrent replay then waits for the lock, and
    // finds no webhook afterwards.
    private static readonly Statement<Sid> LockWebhooks = Statement.OverSids(c =>
        $"SELECT sid FROM webhooks WHERE message_sid = ANY ({c["sid"]}) ORDER BY sid FOR UPDATE");

    // "expired" leaves out messages with pending work or an unexpired link. Links expire by the clock of their account.
    // Uses and samples of a rule that another transaction deletes are locked, so they are skipped: they go with the
    // rule. The last sample of a recipient stays, because the recipient's next message continues its count.
    private static readonly Statement<Sid> Remove = Statement.OverSids(c =>
        $"""
        WITH expired AS MATERIALIZED (
            SELECT candidate AS sid FROM unnest({c["sid"]}) AS candidate
            WHERE NOT EXISTS (SELECT FROM message_queue WHERE message_sid = candidate)
                AND NOT EXISTS (SELECT FROM owned_messages WHERE message_sid = candidate)
                AND NOT EXISTS (SELECT FROM carrier_deliveries WHERE message_sid = candidate)
                AND NOT EXISTS (SELECT FROM webhook_queue WHERE message_sid = candidate)
                AND NOT EXISTS (SELECT FROM held_webhooks WHERE message_sid = candidate)
                AND NOT EXISTS (
                    SELECT FROM media LEFT JOIN account_clocks AS clock ON clock.account_sid = media.account_sid
                    WHERE message_sid = candidate
                        AND link_expires > coalesce(
                            frozen_at, ({c.Scalar(1)} AT TIME ZONE 'UTC' + "offset") AT TIME ZONE 'UTC', {c.Scalar(1)}))
        ), locked_uses AS MATERIALIZED (
            SELECT rule_sid, message_sid FROM carrier_rule_uses JOIN expired ON message_sid = sid
            FOR UPDATE OF carrier_rule_uses SKIP LOCKED
        ), deleted_uses AS (
            DELETE FROM carrier_rule_uses AS used USING locked_uses AS locked
            WHERE used.rule_sid = locked.rule_sid AND used.message_sid = locked.message_sid
        ), locked_samples AS MATERIALIZED (
            SELECT rule_sid, message_sid FROM carrier_rule_draws AS sample JOIN expired ON message_sid = sid
            WHERE EXISTS (SELECT FROM carrier_rule_draws AS later
                WHERE later.rule_sid = sample.rule_sid AND later.recipient = sample.recipient
                    AND later.number > sample.number)
            FOR UPDATE OF sample SKIP LOCKED
        ), deleted_samples AS (
            DELETE FROM carrier_rule_draws AS sample USING locked_samples AS locked
            WHERE sample.rule_sid = locked.rule_sid AND sample.message_sid = locked.message_sid
        ), deleted_feedback AS (
            DELETE FROM message_feedback USING expired WHERE message_sid = expired.sid
        ), deleted_webhooks AS (
            DELETE FROM webhooks USING expired WHERE message_sid = expired.sid
        ), deleted_media AS (
            DELETE FROM media USING expired WHERE message_sid = expired.sid
        ), removed AS (
            DELETE FROM messages USING expired WHERE messages.sid = expired.sid RETURNING messages.*
        ), kept AS (
            {UsageStatements.KeepRemoved}
        )
        SELECT sid, account_sid, messaging_service_sid FROM removed
        """);

    // It reads all messages, so it runs once a day. A record that was used since yesterday may be that of a message
    // that is being written.
    private const string RemoveSelectionsSql =
        """
        DELETE FROM sender_selections WHERE used_on < current_date - 1
            AND NOT EXISTS (SELECT FROM messages WHERE selection_id = id)
        """;

    /// <summary>
    /// Removes the records of sender selections that no message has any more. Call it once a day.
    /// </summary>
    public static async Task RemoveSelectionsAsync(this NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(RemoveSelectionsSql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Reads the next messages in the order in which they were stored. It stops at the first message that was stored
    /// less than <paramref name="days"/> days ago.
    /// </summary>
    public static async Task<OldMessagesPage> FindOldMessagesAsync(
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
        MessagePlace? next = null;
        var count = 0;
        while (await reader.ReadAsync(cancellation))
        {
            count++;
            var account = reader.GetString(0);
            var isYoung = reader.GetBoolean(3);
            // All following messages of the account are young, too: skip them.
            next = new(account, isYoung ? long.MaxValue : reader.GetInt64(1));
            if (isYoung) break;
            if (reader.GetBoolean(4)) ended.Add(Sid.Parse(reader.GetString(2)));
        }

        return new(ended, count, next);
    }

    /// <summary>
    /// Removes messages with all their data but what they cost. It leaves messages that another transaction has locked,
    /// and messages with pending work, pending webhooks or an unexpired link.
    /// </summary>
    /// <param name="days">A message is removed only if it ended at least this number of days ago.</param>
    /// <param name="now">The real time.</param>
    /// <returns>The removed messages.</returns>
    public static async Task<IReadOnlyList<DeletedMessage>> RemoveMessagesAsync(
        this NpgsqlDataSource database, IReadOnlyList<Sid> messages, int days, DateTimeOffset now,
        CancellationToken cancellation)
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
        removal.BatchCommands.Add(Remove.For(locked, Scalar.Of(now)));
        List<DeletedMessage> removed = [];
        await using (var reader = await removal.ExecuteReaderAsync(cancellation))
        {
            await reader.NextResultAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                removed.Add(new(
                    Sid.Parse(reader.GetString(0)), Sid.Parse(reader.GetString(1)),
                    reader.IsDBNull(2) ? null : Sid.Parse(reader.GetString(2))));
            }
        }

        await transaction.CommitAsync(CancellationToken.None);
        return removed;
    }

    // TimeSpan: days of 24 hours in every time zone of the connection.
    private static NpgsqlParameter Days(int days) => Scalar.Of(TimeSpan.FromDays(days));
}

/// <summary>A place in the order of an account's messages.</summary>
internal readonly record struct MessagePlace(string AccountSid, long Ordinal)
{
    /// <summary>Before all messages of all accounts.</summary>
    public static MessagePlace First => new("", 0);
}

/// <summary>The result of one query for old messages.</summary>
/// <param name="Ended">The messages whose retention has expired.</param>
/// <param name="Count">The number of messages that the query has read.</param>
/// <param name="Next">The next query continues after this place; null when there are no more messages.</param>
internal sealed record OldMessagesPage(IReadOnlyList<Sid> Ended, int Count, MessagePlace? Next);
