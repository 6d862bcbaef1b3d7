using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

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

        Assert.Equal(0, await Statements.ReleaseAsync(Guid.Parse(OtherServer), 10, CancellationToken.None));
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
            message.Sid, new(MessageStatus.Delivered, null, 0, 0), TimeProvider.System.GetUtcNow().AddDays(1));
        await using var work = await server.Services.GetRequiredService<MessageTransactions>()
            .BeginAsync(stage: null, [owned], CancellationToken.None);

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

    private Task<object?> OwnAsync(Sid message, string owner) => Sql.ScalarAsync(
        server.ConnectionString, $"INSERT INTO owned_messages VALUES ('{message}', '{owner}')");

    private Task UntilReleasedAsync(Sid message) => Eventually.TrueAsync(
        async () => await CountAsync("owned_messages", message) is 0L, () => "The message is not released.");

    private async Task<object?> CountAsync(string table, Sid message, MessagingServer? of = null) =>
        await Sql.ScalarAsync((of ?? server).ConnectionString,
            $"SELECT count(*) FROM {table} WHERE message_sid = '{message}'");

    private static Message NewMessage(int number) => Message.Accept(
        new(Sid.Create(SidPrefix.TextMessage, (UInt128)number), Sid.Parse(MessagingServer.AccountSid), "+14155550100",
            "Hi"),
        DateTimeOffset.UnixEpoch);
}
