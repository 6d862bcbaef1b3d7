using System.Globalization;
using MessagingServices.Server.Tests.Fixtures;
using Npgsql;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>A server ends with messages in its memory, and another one takes them over.</summary>
[Collection(typeof(LoadTests))]
public sealed class TakeoverTests(PostgresServer postgres) : IAsyncLifetime
{
    // One for each test: the promises are checked on all messages that are stored.
    private readonly PostgresDatabase database = new(postgres);

    private const int Messages = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] LongDelay = ["--Carrier:SentDelayMs", "3600000"];

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Callbacks_in_the_memory_of_a_killed_server_are_delivered_in_order()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var killed = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.NoDelay);
        await PipelinePromises.CountHandOversAsync(database.ConnectionString);
        var service = await killed.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550171", "+14155550172");
        List<string> accepted = [await SendAsync(killed, service, 0)];
        await receiver.UntilAsync(received => received.Count == 3);

        TaskCompletionSource gate = new();
        receiver.MayRespond = gate.Task;
        accepted.AddRange(await Task.WhenAll(
            Enumerable.Range(1, Messages).Select(number => SendAsync(killed, service, number))));
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(
            database.ConnectionString, "SELECT count(*) FROM messages WHERE status <> 'delivered'") is 0L,
            () => "Not all messages were delivered.", Patience);
        var inMemory = (long)(await Sql.ScalarAsync(
            database.ConnectionString, "SELECT count(*) FROM owned_messages"))!;
        await killed.KillAsync();
        gate.SetResult();
        await using var successor = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.NoDelay);

        Assert.InRange(inMemory, Messages / 2, Messages + 1);
        await PipelinePromises.CheckAsync($"kill -9 with {inMemory} messages in memory", database.ConnectionString,
            accepted, receiver);
    }

    [Fact]
    public async Task Messages_in_the_memory_of_a_server_that_stops_go_on_at_once()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var stopped = await ServerUnderTest.StartAsync(database.ConnectionString, LongDelay);
        var service = await stopped.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550173");
        var sid = await SendAsync(stopped, service, 0);
        await receiver.UntilAsync(received => received.Any(callback => callback.MessageSid == sid));

        await stopped.StopAsync();
        // With the delays of the successor, the message would be delivered at once.
        await using var successor = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.NoDelay);

        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(database.ConnectionString,
            $"""
             SELECT count(*) FROM carrier_deliveries
             WHERE message_sid = '{sid}' AND next_status = 'sent' AND due_at > now() + interval '50 minutes'
             """) is 1L,
            () => "The message does not wait for its report in the database.");
        await successor.Api.Clock.ChangeAsync(("Advance", "PT2H"));
        await receiver.UntilAsync(received => received.Count(callback => callback.MessageSid == sid) == 3);
    }

    [Fact]
    public async Task A_takeover_waits_for_a_commit_of_the_owner_that_is_held_up()
    {
        await using var owner = await ServerUnderTest.StartAsync(database.ConnectionString, LongDelay);
        var service = await owner.Api.Services.CreateWithPoolAsync("+14155550174");
        var sid = await SendAsync(owner, service, 0);
        await owner.Api.Messages.UntilAsync(sid, "sending");
        var node = (Guid)(await Sql.ScalarAsync(
            database.ConnectionString, $"SELECT owner FROM owned_messages WHERE message_sid = '{sid}'"))!;
        await owner.KillAsync();

        // A transaction of the owner, with the lock that each of them has.
        await using var session = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await session.OpenAsync();
        await using var heldUp = await session.BeginTransactionAsync();
        await RunAsync(session, string.Create(CultureInfo.InvariantCulture,
            $"SELECT pg_advisory_xact_lock_shared({BitConverter.ToInt64(node.ToByteArray())})"));
        await using var successor = await ServerUnderTest.StartAsync(database.ConnectionString, LongDelay);
        await Sql.ScalarAsync(database.ConnectionString,
            $"UPDATE server_processes SET last_seen = last_seen - interval '1 hour' WHERE id = '{node}'");
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(database.ConnectionString,
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND NOT granted")
            is > 0L, () => "No server waits for the owner's lock.", Patience);
        Assert.Equal(node, await Sql.ScalarAsync(
            database.ConnectionString, $"SELECT owner FROM owned_messages WHERE message_sid = '{sid}'"));

        await RunAsync(session, $"UPDATE messages SET body = 'Committed late' WHERE sid = '{sid}'");
        await heldUp.CommitAsync();

        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(database.ConnectionString,
            $"""
             SELECT count(*) FROM carrier_deliveries JOIN messages ON sid = message_sid
             WHERE sid = '{sid}' AND body = 'Committed late'
             """) is 1L, () => "The message was not taken over.", Patience);
    }

    [Fact]
    public async Task An_owner_that_was_paused_with_callbacks_in_memory_changes_nothing_when_it_resumes()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var paused = await ServerUnderTest.StartAsync(database.ConnectionString, LongDelay);
        await PipelinePromises.CountHandOversAsync(database.ConnectionString);
        var service = await paused.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550178", "+14155550179");
        List<string> accepted = [await SendAsync(paused, service, 0)];
        await receiver.UntilAsync(received => received.Count == 1);
        TaskCompletionSource gate = new();
        receiver.MayRespond = gate.Task;
        accepted.AddRange(await Task.WhenAll(
            Enumerable.Range(1, Messages).Select(number => SendAsync(paused, service, number))));
        // One query: the callbacks wait for their response meanwhile, and must not wait for longer than their timeout.
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(database.ConnectionString,
            $"SELECT count(*) FROM messages WHERE status = 'sending' AND sid IN ('{string.Join("','", accepted)}')")
            is long count && count == accepted.Count, () => "The messages are not sending.");

        await paused.PauseAsync();
        // No request of the successor waits: on a busy machine, it could wait for longer than its timeout.
        gate.SetResult();
        await using var successor = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.NoDelay);
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(
            database.ConnectionString, "SELECT count(*) FROM owned_messages") is 0L,
            () => "The messages were not taken over.", Patience);
        await paused.ResumeAsync();
        await successor.Api.Clock.ChangeAsync(("Advance", "PT3H"));

        await PipelinePromises.CheckAsync(
            $"SIGSTOP of a server with {Messages} messages in memory", database.ConnectionString, accepted, receiver);
    }

    private static async Task RunAsync(NpgsqlConnection session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync();
    }

    private static Task<string> SendAsync(ServerUnderTest server, string service, int number) =>
        server.Api.Messages.SendAsync(("To", $"+1415559{number:0000}"), ("MessagingServiceSid", service),
            ("Body", $"Message {number}"));
}
