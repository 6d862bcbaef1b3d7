using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>The stored clocks.</summary>
internal static class ClockRows
{
    /// <summary>Adds the clock of an account that has none stored, unless the account was removed.</summary>
    public static Task<int> AddClockAsync(
        this NpgsqlConnection connection, ClockState clock, CancellationToken cancellation) => connection.ExecuteAsync(
        """
        INSERT INTO account_clocks
            (account_sid, "offset", frozen_at, jump_to, moved_from, move_count, version, change)
        SELECT sid, '0', $2, '-infinity', '-infinity', 0, $3, pg_current_xact_id()::text::bigint
        FROM accounts WHERE sid = $1 FOR KEY SHARE
        ON CONFLICT (account_sid) DO NOTHING
        """,
        cancellation, Scalar.Of(clock.AccountSid), Scalar.OfNullable(clock.FrozenAt), Scalar.Of(clock.Version));

    /// <inheritdoc cref="AddClockAsync(NpgsqlConnection, ClockState, CancellationToken)"/>
    public static async Task AddClockAsync(this MessagingDb db, ClockState clock, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await ((NpgsqlConnection)db.Database.GetDbConnection()).AddClockAsync(clock, cancellation);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>
    /// Forgets the transactions of a database from which this one was copied. Servers would read these clocks again and
    /// again.
    /// </summary>
    public static Task<int> ForgetFutureChangesAsync(
        this NpgsqlConnection connection, CancellationToken cancellation) => connection.ExecuteAsync(
        "UPDATE account_clocks SET change = 0 WHERE change > pg_current_xact_id()::text::bigint", cancellation);

    /// <summary>All clocks that are or were not the real one.</summary>
    public static async Task<IReadOnlyList<ClockState>> ReadClocksAsync(
        this NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var read = new NpgsqlCommand(
            $"SELECT {ClockColumns.Names} FROM account_clocks AS clock WHERE version > 0", connection);
        await using var reader = await read.ExecuteReaderAsync(cancellation);
        List<ClockState> clocks = [];
        while (await reader.ReadAsync(cancellation)) clocks.Add(ClockColumns.Read(reader, first: 0));
        return clocks;
    }

    /// <summary>
    /// Locks the clock of an account for the rest of the transaction, so that servers change it one after the other.
    /// </summary>
    public static Task<ClockState?> LockClockAsync(
        this MessagingDb db, Sid account, CancellationToken cancellation) =>
        db.Clocks.FromSql($"SELECT * FROM account_clocks WHERE account_sid = {account.Value} FOR UPDATE")
            .AsNoTracking().SingleOrDefaultAsync(cancellation);

    /// <summary>Writes the clock of an account.</summary>
    public static Task<int> SaveClockAsync(this MessagingDb db, ClockState state, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
        $"""
         UPDATE account_clocks SET "offset" = {state.Offset}, frozen_at = {state.FrozenAt}, jump_to = {state.JumpTo},
             moved_from = {state.MovedFrom}, move_count = {state.MoveCount}, version = {state.Version},
             change = pg_current_xact_id()::text::bigint
         WHERE account_sid = {state.AccountSid.Value}
         """, cancellation);
}
