using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MessagingServices.Server.Tests.Outbound;

/// <summary>Messages leave the memory of a server, and nothing is lost, repeated or changed by that.</summary>
public sealed class ReleaseMessagesTests(MessagingServer server, FrozenMessagingServer frozen)
    : IClassFixture<MessagingServer>, IClassFixture<FrozenMessagingServer>
{
    private const string OtherServer = "00000000-0000-0000-0000-000000000001";

    private OwnedMessages Memory => server.Services.GetRequiredService<OwnedMessages>();

    private ReleaseStatements Statements => server.Services.GetRequiredService<ReleaseStatements>();

    [Fact]
    public async Task A_message_that_is_in_memory_again_is_not_released()
    {
        var message = NewMessage(1);
        Assert.True(Memory.TryAdd(message, out _));
        await OwnAsync(message.Sid, Memory.Node.Id.ToString());

        Assert.Equal(0, await Statements.ReleaseAsync(Memory.Node.Id, [message.Sid], CancellationToken.None));
        Assert.Equal(1L, await CountAsync("owned_messages", message.Sid));

        Memory.Release([message.Sid]);
        await UntilReleasedAsync(message.Sid);
    }

    [Fact]
    public async Task Messages_of_a_server_that_is_alive_are_not_taken_over()
    {
        var message = NewMessage(2);
        await Sql.ScalarAsync(server.ConnectionString,
            $"INSERT INTO server_processes (id, last_seen) VALUES ('{OtherServer}', now() + interval '1 hour')");
        await OwnAsync(message.Sid, OtherServer);

        Assert.Equal(0, await Statements.ReleaseAsync(
            Guid.Parse(OtherServer), [message.Sid], CancellationToken.None));
        Assert.Equal(1L, await CountAsync("owned_messages", message.Sid));

        await Sql.ScalarAsync(server.ConnectionString,
            $"UPDATE server_processes SET has_left = true WHERE id = '{OtherServer}'");
        await UntilReleasedAsync(message.Sid);
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM server_processes WHERE id = '{OtherServer}'") is 0L, () => "It is not removed.");
    }

    [Fact]
    public async Task A_stage_does_not_commit_a_message_that_was_released_meanwhile()
    {
        var message = NewMessage(3);
        Assert.True(Memory.TryAdd(message, out var owned));
        owned.Report = CarrierDelivery.Of(
            message.AccountSid, message.Sid, new(MessageStatus.Delivered, null, 0, 0),
                TimeProvider.System.GetUtcNow().AddDays(1));
        await using var work = await server.Services.GetRequiredService<MessageTransactions>()
            .BeginAsync(stage: null, [owned], opening: null, CancellationToken.None);

        Memory.Release([message.Sid]);

        await Assert.ThrowsAsync<OwnershipLostException>(() => work.CommitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_released_message_keeps_the_final_status_that_a_rule_has_decided()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        TaskCompletionSource gate = new();
        receiver.MayRespond = gate.Task;
        var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550176");
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", "+14155550104"), ("Outcome", "sent"),
            ("DelayMs", "0")).ExpectAsync(201);
        var sid = Sid.Parse(await server.Api.Messages.SendAsync(
            ("To", "+14155550104"), ("MessagingServiceSid", service), ("Body", "Hi")));
        await server.Api.Messages.UntilAsync(sid.Value, "sent");
        Assert.Equal(1L, await CountAsync("owned_messages", sid));

        Memory.Release([sid]);
        await UntilReleasedAsync(sid);
        gate.SetResult();
        await receiver.UntilAsync(received => received.Count == 2);

        Assert.Equal(0L, await CountAsync("carrier_deliveries", sid));
        Assert.Equal("sent", (await server.GetAsync(MessagesApi.PathOf(sid.Value)))["status"]);
        Assert.Equal(["queued", "sent"], receiver.Received.Select(callback => callback.Status));
    }

    [Fact]
    public async Task A_message_that_a_move_of_the_clock_made_due_is_not_taken_into_memory()
    {
        await frozen.PostAsync("/emulator/v1/CarrierRules", ("DelayMs", "36000000")).ExpectAsync(201);
        var service = await frozen.Api.Services.CreateWithPoolAsync("+14155550177");
        var now = await frozen.Api.Clock.NowAsync();
        var sid = Sid.Parse(await frozen.Api.Messages.SendAsync(
            ("To", "+14155550105"), ("MessagingServiceSid", service), ("Body", "Later"), ("ScheduleType", "fixed"),
            ("SendAt", ClockApi.Iso(now.AddHours(1)))));

        await frozen.Api.Clock.ChangeAsync(("Advance", "PT2H"));

        // Another server that moves the clock finds it in the database.
        Assert.Equal(1L, await CountAsync("carrier_deliveries", sid, frozen));
        Assert.Equal(0L, await CountAsync("owned_messages", sid, frozen));
    }

    [Fact]
    public async Task A_message_that_the_database_rejects_does_not_hold_up_the_release_of_the_others()
    {
        List<Message> messages = [.. Enumerable.Range(10, 5).Select(NewMessage)];
        foreach (var message in messages) await StoreAsync(message);
        await Sql.ScalarAsync(server.ConnectionString,
            $"""
             CREATE FUNCTION refuse_entry() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN RAISE EXCEPTION 'It cannot be written.' USING ERRCODE = 'check_violation'; END $$;
             CREATE TRIGGER refuse_entry BEFORE INSERT ON message_queue FOR EACH ROW
                 WHEN (NEW.message_sid = '{messages[2].Sid}') EXECUTE FUNCTION refuse_entry();
             """);

        foreach (var message in messages) await OwnAsync(message.Sid, OtherServer);

        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM owned_messages WHERE owner = '{OtherServer}'") is 0L, () => "Some are not released.");
        Assert.Equal("30008", (await server.Api.Messages.UntilAsync(messages[2].Sid.Value, "failed"))["error_code"]);
        foreach (var message in messages.Where(message => message != messages[2]))
            await server.Api.Messages.UntilAsync(message.Sid.Value, "delivered");
    }

    [Fact]
    public async Task A_message_that_was_deleted_leaves_memory_alone()
    {
        List<OwnedMessage> owned = [];
        foreach (var message in Enumerable.Range(20, 3).Select(NewMessage))
        {
            await StoreAsync(message);
            Assert.True(Memory.TryAdd(message, out var added));
            added.Report = CarrierDelivery.Of(
                message.AccountSid, message.Sid, new(MessageStatus.Delivered, null, 0, 0),
                TimeProvider.System.GetUtcNow().AddDays(1));
            await OwnAsync(message.Sid, Memory.Node.Id.ToString());
            owned.Add(added);
        }

        await using (var work = await server.Services.GetRequiredService<MessageTransactions>()
            .BeginAsync(stage: null, owned, opening: null, CancellationToken.None))
        {
            foreach (var change in work.Owned.Taken)
                work.Batch.Move(change.Message, MessageStatus.Queued,
                    change.Message.TransitionTo(MessageStatus.Failed, TimeProvider.System.GetUtcNow(), 30008));
            await Sql.ScalarAsync(
                server.ConnectionString, $"DELETE FROM messages WHERE sid = '{owned[1].Message.Sid}'");

            await Assert.ThrowsAsync<ConcurrencyException>(() => work.CommitAsync(CancellationToken.None));
        }

        Assert.Equal([true, false, true], owned.Select(entry => Memory.Contains(entry.Message.Sid)));
        Memory.Release(owned.Select(entry => entry.Message.Sid));
        foreach (var entry in owned) await UntilReleasedAsync(entry.Message.Sid);
    }

    private async Task StoreAsync(Message message)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        var batch = server.Services.GetRequiredService<WriteBatches>().New();
        batch.Messages.Insert(message);
        await batch.SaveAsync(connection, CancellationToken.None);
    }

    private Task<object?> OwnAsync(Sid message, string owner) => Sql.ScalarAsync(
        server.ConnectionString, $"INSERT INTO owned_messages VALUES ('{message}', '{owner}')");

    private Task UntilReleasedAsync(Sid message) => Eventually.TrueAsync(
        async () => await CountAsync("owned_messages", message) is 0L, () => "The message is not released.");

    private async Task<object?> CountAsync(string table, Sid message, MessagingServer? of = null) =>
        await Sql.ScalarAsync((of ?? server).ConnectionString,
            $"SELECT count(*) FROM {table} WHERE message_sid = '{message}'");

    private static Message NewMessage(int number) => Message.Accept(
        new(Sid.Create(SidPrefix.TextMessage, (UInt128)number), Sid.Parse(MessagingServer.AccountSid), "+14155550100",
            "Hi") { From = "+14155550142" },
        TimeProvider.System.GetUtcNow());
}
