using MessagingServices.Server.Engine;
using MessagingServices.Server.Tests.Fixtures;
using Npgsql;

namespace MessagingServices.Server.Tests.Engine;

/// <summary>What a start reads and writes of the stored clocks.</summary>
public sealed class ClocksOfAStartTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly Sid Configured = Sid.Create(SidPrefix.Account, 1);
    private static readonly Sid Frozen = Sid.Create(SidPrefix.Account, 2);
    private static readonly DateTimeOffset Instant = DateTimeOffset.UnixEpoch.AddDays(1);

    [Fact]
    public async Task It_knows_moved_clocks_and_forgets_the_transactions_of_the_database_that_was_copied()
    {
        // The number of a transaction that this database has not reached.
        await Sql.ScalarAsync(database.ConnectionString,
            $"""
             INSERT INTO accounts (sid, auth_token, friendly_name, status, date_created, date_updated)
             SELECT sid, '', '', 'active', now(), now() FROM unnest(ARRAY['{Configured}', '{Frozen}']) AS sid;
             INSERT INTO account_clocks
                 (account_sid, "offset", frozen_at, jump_to, moved_from, move_count, version, change)
             VALUES ('{Frozen}', '0', '{Instant:O}', '-infinity', '-infinity', 0, 1, 1000000000000)
             """);
        EmulatorClock clock = new(TimeProvider.System, new() { Frozen = true }, new(), new());
        await using NpgsqlConnection connection = new(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        await clock.StartAsync(connection, Configured, TestContext.Current.CancellationToken);

        Assert.Equal(Instant, clock.Now(Frozen));
        Assert.NotNull(clock.StateOf(Configured).FrozenAt);
        Assert.Equal(0L, await Sql.ScalarAsync(
            database.ConnectionString, $"SELECT change FROM account_clocks WHERE account_sid = '{Frozen}'"));
    }
}
