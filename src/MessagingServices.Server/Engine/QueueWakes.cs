using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// The column <c>wake</c> of the queues: the real time at which a row is due. A change of an account's clock corrects
/// it in the rows of this account. So a claim needs no clock, and reads as many rows with a thousand accounts as with
/// one.
/// </summary>
/// <remarks>
/// Rows that are due when they are written, and those that a move of the clock makes due, are <see cref="Ready"/>. The
/// index then has them side by side, by account, which lets a claim take some of each account.
/// </remarks>
internal sealed class QueueWakes(NpgsqlDataSource database, EmulatorClock clock)
{
    /// <summary>The row is due.</summary>
    public static readonly DateTimeOffset Ready = DateTimeOffset.MinValue;

    /// <summary>The clock is frozen before the row is due.</summary>
    public static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private static readonly string[] Tables = ["message_queue", "carrier_deliveries"];

    // Days of 24 hours in every time zone of the connection.
    private const string RealTime = "(due_at AT TIME ZONE 'UTC' - \"offset\") AT TIME ZONE 'UTC'";

    // It lets one server at a time correct the rows of an account. It is a statement of its own: the corrections must
    // see what the server before has corrected. Otherwise they would lock those rows, claims would skip them, and later
    // messages would get earlier send slots.
    private const string LockClock = "SELECT FROM account_clocks WHERE account_sid = $1 FOR UPDATE";

    private static readonly string[] Corrections =
    [
        // A reset moves the clock back: rows that were due are not any more.
        Early("message_queue", "stage = ANY ('{select_sender,hand_to_carrier}') AND "),
        Early("carrier_deliveries", ""),
        .. Tables.Select(table =>
            $"""
            WITH clock AS MATERIALIZED (
                SELECT "offset", frozen_at,
                    coalesce(frozen_at, ($2 AT TIME ZONE 'UTC' + "offset") AT TIME ZONE 'UTC') AS clock_time
                FROM account_clocks WHERE account_sid = $1
            ), corrected AS MATERIALIZED (
                SELECT message_sid, due_at, right_wake FROM clock CROSS JOIN LATERAL (
                    SELECT message_sid, due_at, wake, CASE WHEN due_at <= clock_time THEN '-infinity'
                        WHEN frozen_at IS NOT NULL THEN 'infinity' ELSE {RealTime} END AS right_wake
                    FROM {table} WHERE account_sid = $1 AND wake > '-infinity') AS waiting
                WHERE wake <> right_wake
            )
            UPDATE {table} AS entry SET wake = right_wake FROM corrected
            WHERE entry.message_sid = corrected.message_sid AND entry.due_at = corrected.due_at
                AND entry.wake > '-infinity'
            """),
    ];

    /// <param name="table">The table of the queue.</param>
    /// <param name="prefix">The first columns of the index by <c>wake</c>.</param>
    private static string Early(string table, string prefix) =>
        $"""
        UPDATE {table} AS entry SET wake = CASE WHEN frozen_at IS NOT NULL THEN 'infinity' ELSE {RealTime} END
        FROM account_clocks AS clock
        WHERE clock.account_sid = $1 AND {prefix}entry.wake = '-infinity' AND entry.account_sid = $1
            AND due_at > coalesce(frozen_at, ($2 AT TIME ZONE 'UTC' + "offset") AT TIME ZONE 'UTC')
        """;

    private static readonly string Strays = string.Join("\nUNION\n", Tables.Select(table =>
        $"""
        SELECT clock.account_sid FROM account_clocks AS clock JOIN {table} AS entry
            ON entry.account_sid = clock.account_sid AND wake > '-infinity'
        WHERE wake <> CASE WHEN due_at <= coalesce(frozen_at, jump_to) THEN '-infinity'
            WHEN frozen_at IS NULL THEN {RealTime} ELSE 'infinity' END
        """));

    /// <summary>
    /// Corrects the rows of an account, after this server has noticed a change of its clock. When the task ends, this
    /// server writes no row any more by the clock before.
    /// </summary>
    public async Task CorrectAsync(Sid account, CancellationToken cancellation)
    {
        await clock.Uses.DrainAsync().WaitAsync(cancellation);
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(TransactionSettings.Command());
        batch.BatchCommands.Add(new(LockClock) { Parameters = { Scalar.Of(account) } });
        foreach (var correction in Corrections)
        {
            batch.BatchCommands.Add(new(correction)
            {
                Parameters = { Scalar.Of(account), Scalar.Of(clock.RealNow) },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Corrects rows that a server has left behind that was killed while it moved a clock.
    /// </summary>
    public async Task CorrectStraysAsync(CancellationToken cancellation)
    {
        List<Sid> accounts = [];
        await using (var command = database.CreateCommand(Strays))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) accounts.Add(Sid.Parse(reader.GetString(0)));
        foreach (var account in accounts) await CorrectAsync(account, cancellation);
    }
}
