using System.Diagnostics;
using System.Globalization;
using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Emulator;

/// <summary>Removes the rows of one account, while all servers work on.</summary>
/// <remarks>
/// Every statement takes the rows that no transaction holds (<c>SKIP LOCKED</c>), and is repeated for the others. So it
/// never waits for a lock, and holds what it has locked for some milliseconds. A transaction that waits for such a row
/// finds that it is gone, as when a message is deleted.
/// </remarks>
internal sealed class AccountRows(NpgsqlDataSource database, IDbContextFactory<MessagingDb> databases)
{
    private const int BatchSize = 1000;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(5);

    private const string RemoveMessagesSql =
        """
        DELETE FROM messages WHERE sid = ANY (ARRAY(
            SELECT sid FROM messages WHERE account_sid = $1 AND ordinal <= $2
            ORDER BY account_sid, ordinal LIMIT $3 FOR UPDATE SKIP LOCKED))
        RETURNING sid
        """;

    private const string HasMessagesSql =
        "SELECT EXISTS (SELECT FROM messages WHERE account_sid = $1 AND ordinal <= $2)";

    // Events of conversations, and results that were being recorded when their message was removed. A message that is
    // newer than the task may have been deleted, but its webhooks are still sent.
    private const string Orphaned =
        """
        account_sid = $1 AND substr(message_sid, 3) <= $2
            AND NOT EXISTS (SELECT FROM messages WHERE messages.sid = webhooks.message_sid)
            AND NOT EXISTS (SELECT FROM conversation_webhooks AS target WHERE target.sid = webhooks.message_sid)
        """;

    private static readonly Removal Orphans = new(
        $"""
        WITH gone AS (
            DELETE FROM webhooks WHERE sid = ANY (ARRAY(
                SELECT sid FROM webhooks WHERE {Orphaned}
                ORDER BY account_sid, ordinal LIMIT $3 FOR UPDATE OF webhooks SKIP LOCKED))
            RETURNING sid
        ), queued AS MATERIALIZED (
            SELECT entry.webhook_sid FROM gone JOIN webhook_queue AS entry ON entry.webhook_sid = gone.sid
            FOR UPDATE OF entry SKIP LOCKED
        ), held AS (
            DELETE FROM held_webhooks WHERE webhook_sid IN (SELECT sid FROM gone)
        )
        DELETE FROM webhook_queue WHERE webhook_sid IN (SELECT webhook_sid FROM queued)
        """, $"EXISTS (SELECT FROM webhooks WHERE {Orphaned})");

    private static readonly Removal StickySenders = Removal.Of(
        "sticky_senders", "messaging_service_sid IN (SELECT sid FROM messaging_services WHERE account_sid = $1)");

    private static readonly Removal Selections = Removal.Of(
        "sender_selections",
        """
        account_sid = $1 AND NOT EXISTS (
            SELECT FROM messages WHERE messages.account_sid = $1 AND selection_id = sender_selections.id)
        """);

    // The next message has the first sender again. A sender that is in use now is one of a newer message.
    private const string ResetUsesSql =
        """
        UPDATE pool_senders SET last_used = 0 WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM pool_senders WHERE account_sid = $1 AND last_used <> 0 FOR UPDATE SKIP LOCKED))
        """;

    private readonly Lazy<AccountTables> tables = new(() =>
    {
        using var db = databases.CreateDbContext();
        return new(db.Model);
    });

    /// <summary>Removes messages with all rows of their own.</summary>
    /// <param name="task">The account, and its last message to remove; of a deleted account all are removed.</param>
    /// <param name="patience">How long to try again when rows stay locked.</param>
    /// <param name="cancellation">Ends it between two batches.</param>
    /// <returns>False if some are left, because other transactions hold them.</returns>
    public async Task<bool> RemoveMessagesAsync(AccountTask task, TimeSpan patience, CancellationToken cancellation)
    {
        var last = task.Kind == AccountTaskKind.Delete ? long.MaxValue : task.LastMessage;
        var progress = Stopwatch.GetTimestamp();
        while (true)
        {
            var removed = await RemoveBatchAsync(task.AccountSid, last, cancellation);
            if (removed > 0) progress = Stopwatch.GetTimestamp();
            if (removed == BatchSize) continue;
            await using var left = Command(HasMessagesSql, Scalar.Of(task.AccountSid), Scalar.Of(last));
            if (await left.ExecuteScalarAsync(cancellation) is false) return true;
            if (Stopwatch.GetElapsedTime(progress) > patience) return false;
            await Task.Delay(BetweenTries, cancellation);
        }
    }

    /// <summary>Removes what is not a message and belongs to the task, after the messages.</summary>
    /// <inheritdoc cref="RemoveMessagesAsync"/>
    public async Task<bool> RemoveRestAsync(AccountTask task, TimeSpan patience, CancellationToken cancellation)
    {
        IReadOnlyList<Removal> all = task.Kind switch
        {
            AccountTaskKind.ResetMessages => [.. OfAccount(tables.Value.Left), StickySenders, Selections, Orphans],
            AccountTaskKind.ResetEverything => [.. OfAccount(tables.Value.Everything), Selections, Orphans],
            AccountTaskKind.Delete =>
                [.. OfAccount(tables.Value.Left), Orphans, .. OfAccount(tables.Value.Account)],
            AccountTaskKind.LeftMessages => [Orphans],
            AccountTaskKind.Suspend or AccountTaskKind.Close => [],
        };
        if (!await RemoveAsync(all, task, patience, cancellation)) return false;
        if (task.Kind == AccountTaskKind.LeftMessages) return true;
        await using var uses = Command(ResetUsesSql, Scalar.Of(task.AccountSid));
        await uses.ExecuteNonQueryAsync(cancellation);
        return true;
    }

    /// <summary>Removes webhooks whose message or conversation is gone.</summary>
    /// <inheritdoc cref="RemoveMessagesAsync"/>
    public Task<bool> RemoveOrphansAsync(AccountTask task, TimeSpan patience, CancellationToken cancellation) =>
        RemoveAsync([Orphans], task, patience, cancellation);

    /// <summary>
    /// Drops the webhooks that waited for an account to be active again, or that a rule delays or holds: the account
    /// was closed.
    /// </summary>
    public async Task DropHeldAsync(Sid account, CancellationToken cancellation)
    {
        await using var drop = Command(
            """
            WITH dropped AS (
                DELETE FROM held_webhooks WHERE account_sid = $1 RETURNING webhook_sid
            ), ruled AS (
                DELETE FROM webhook_queue WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM webhook_queue
                    WHERE account_sid = $1 AND claimed_by IS NULL AND not_before IS NOT NULL FOR UPDATE SKIP LOCKED))
                RETURNING webhook_sid
            ), gone AS (SELECT * FROM dropped UNION ALL SELECT * FROM ruled)
            UPDATE webhooks SET outcome = 'dropped' FROM gone WHERE sid = webhook_sid
            """, Scalar.Of(account));
        await drop.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// The digits of the last SID that may be older than a task: SIDs begin with their time, see
    /// <see cref="SidSource"/>. A deleted account has no newer ones.
    /// </summary>
    private static string LastSidOf(AccountTask task) => task.Kind == AccountTaskKind.Delete
        ? new('f', 32)
        : task.DateCreated.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture) + new string('f', 20);

    private static IEnumerable<Removal> OfAccount(IEnumerable<string> tables) =>
        tables.Select(table => Removal.Of(table, "account_sid = $1"));

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = database.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>Removes up to a batch of messages, with the rows that go with them, in one transaction.</summary>
    private async Task<int> RemoveBatchAsync(Sid account, long last, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        List<string> removed = [];
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(TransactionSettings.Command());
            batch.BatchCommands.Add(new(RemoveMessagesSql)
            {
                Parameters = { Scalar.Of(account), Scalar.Of(last), Scalar.Of(BatchSize) },
            });
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            await reader.NextResultAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) removed.Add(reader.GetString(0));
        }

        if (removed.Count == 0) return 0;
        await using var others = new NpgsqlBatch(connection, transaction);
        foreach (var table in tables.Value.ByMessage)
        {
            // A row that a stage holds is removed by the stage, which finds that its message is gone.
            others.BatchCommands.Add(new(
                $"""
                DELETE FROM {table} WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM {table} WHERE message_sid = ANY ($1) FOR UPDATE SKIP LOCKED))
                """)
            {
                Parameters = { Scalar.Of([.. removed]) },
            });
        }

        await others.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return removed.Count;
    }

    private async Task<bool> RemoveAsync(
        IReadOnlyList<Removal> removals, AccountTask task, TimeSpan patience, CancellationToken cancellation)
    {
        if (removals.Count == 0) return true;
        var progress = Stopwatch.GetTimestamp();
        while (true)
        {
            await using (var batch = database.CreateBatch())
            {
                batch.BatchCommands.Add(TransactionSettings.Command());
                foreach (var removal in removals)
                {
                    batch.BatchCommands.Add(new(removal.Sql)
                    {
                        Parameters = { Scalar.Of(task.AccountSid), Scalar.Of(LastSidOf(task)), Scalar.Of(BatchSize) },
                    });
                }

                if (await batch.ExecuteNonQueryAsync(cancellation) > 0) progress = Stopwatch.GetTimestamp();
            }

            await using var left = Command(
                $"SELECT {string.Join(" OR ", removals.Select(removal => removal.IsLeft))}",
                Scalar.Of(task.AccountSid), Scalar.Of(LastSidOf(task)));
            if (await left.ExecuteScalarAsync(cancellation) is false) return true;
            if (Stopwatch.GetElapsedTime(progress) > patience) return false;
            await Task.Delay(BetweenTries, cancellation);
        }
    }

    /// <summary>Removes the rows of an account from one table.</summary>
    /// <param name="Sql">
    /// Removes up to <c>$3</c> rows of the account <c>$1</c>; <c>$2</c> is <see cref="LastSidOf"/>.
    /// </param>
    /// <param name="IsLeft">Whether the account has more, as an expression.</param>
    private sealed record Removal(string Sql, string IsLeft)
    {
        public static Removal Of(string table, string condition) => new(
            $"""
            DELETE FROM {table} WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM {table} WHERE {condition} LIMIT $3 FOR UPDATE SKIP LOCKED))
            """, $"EXISTS (SELECT FROM {table} WHERE {condition})");
    }
}
