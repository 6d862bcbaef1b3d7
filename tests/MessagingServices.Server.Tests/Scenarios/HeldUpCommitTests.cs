using MessagingServices.Server.Tests.Fixtures;
using Npgsql;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// A commit that PostgreSQL is slow with holds up the messages in it, not those that arrive after them.
/// </summary>
public sealed class HeldUpCommitTests(AcceptingMessagingServer server) : IClassFixture<AcceptingMessagingServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Messages_are_accepted_while_an_earlier_commit_is_held_up()
    {
        await server.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", "+14155550161"));
        await Sql.ScalarAsync(server.ConnectionString,
            """
            CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM
                pg_advisory_xact_lock(1); RETURN NEW; END $$;
            CREATE TRIGGER wait_at_gate BEFORE INSERT ON messages FOR EACH ROW WHEN (NEW.body = 'Slow') EXECUTE
                FUNCTION wait_at_gate();
            """);
        await using var gate = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await gate.OpenAsync();
        await using (var close = new NpgsqlCommand("SELECT pg_advisory_lock(1)",
            gate)) await close.ExecuteNonQueryAsync();
        var slow = SendAsync("Slow");
        await UntilACommitWaitsAsync();

        for (var i = 0; i < 3; i++) await SendAsync("Quick").WaitAsync(Patience);

        Assert.False(slow.IsCompleted);
        await gate.CloseAsync();
        await slow;
        Assert.Equal(4, await server.CountAsync());
    }

    private Task<string> SendAsync(string body) =>
        server.Api.Messages.SendAsync(("To", "+14155550123"), ("From", "+14155550161"), ("Body", body));

    private Task UntilACommitWaitsAsync() => Eventually.TrueAsync(
        async () => await Sql.ScalarAsync(server.ConnectionString,
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") is > 0L,
        () => "No commit waits for the lock.", Patience);
}
