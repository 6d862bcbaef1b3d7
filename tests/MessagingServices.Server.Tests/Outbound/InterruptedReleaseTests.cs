using MessagingServices.Server.Emulator;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MessagingServices.Server.Tests.Outbound;

/// <summary>What happens while messages are on their way from memory to the queues.</summary>
public sealed class InterruptedReleaseTests(MessagingServer server, FrozenMessagingServer frozen)
    : IClassFixture<MessagingServer>, IClassFixture<FrozenMessagingServer>
{
    private const string Owner = "00000000-0000-0000-0000-000000000002";
    private const string Recorder = "00000000-0000-0000-0000-000000000003";

    [Fact]
    public async Task A_move_of_the_clock_waits_for_a_message_between_memory_and_queue()
    {
        await frozen.PostAsync("/emulator/v1/CarrierRules", ("DelayMs", "36000000")).ExpectAsync(201);
        var service = await frozen.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var sid = await frozen.Api.Messages.SendAsync(
            ("To", "+14155550107"), ("MessagingServiceSid", service), ("Body", "Hi"));
        await frozen.Api.Messages.UntilAsync(sid, "sending");
        var memory = frozen.Services.GetRequiredService<OwnedMessages>();
        var clock = frozen.Services.GetRequiredService<EmulatorClock>();
        var account = Sid.Parse(MessagingServer.AccountSid);
        var moves = clock.StateOf(account).MoveCount;

        // As a transaction of the server: the release waits for it.
        await using NpgsqlConnection session = new(frozen.ConnectionString + ";Pooling=false");
        await session.OpenAsync();
        await using var running = await session.BeginTransactionAsync();
        await using NpgsqlCommand share = new("SELECT pg_advisory_xact_lock_shared($1)", session)
        {
            Parameters = { new() { Value = BitConverter.ToInt64(memory.Node.Id.ToByteArray()) } },
        };
        await share.ExecuteNonQueryAsync();
        memory.Release([Sid.Parse(sid)]);
        var moving = frozen.Api.Clock.ChangeAsync(("Advance", "PT21H"));
        await Eventually.TrueAsync(
            () => clock.StateOf(account).MoveCount > moves, () => "The clock has not moved.");

        Assert.True(await frozen.Services.GetRequiredService<UnfinishedWork>().IsPendingAsync(
            clock.StateOf(account), CancellationToken.None));
        await running.CommitAsync();
        await moving;
        Assert.Equal("delivered", (await frozen.GetAsync(MessagesApi.PathOf(sid)))["status"]);
    }

    [Fact]
    public async Task A_callback_that_is_recorded_while_its_message_is_released_is_not_sent_again()
    {
        var message = Sid.Create(SidPrefix.TextMessage, 7);
        var webhook = Sid.Create(SidPrefix.Webhook, 7);
        await Sql.ScalarAsync(server.ConnectionString,
            $"""
             INSERT INTO server_processes (id, last_seen)
             SELECT id::uuid, now() + interval '1 hour' FROM unnest(ARRAY['{Owner}', '{Recorder}']) AS id;
             INSERT INTO owned_messages VALUES ('{message}', '{Owner}');
             INSERT INTO webhooks (sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token,
                 date_created, attempts, outcome)
             VALUES ('{webhook}', '{MessagingServer.AccountSid}', '{message}', 'status_callback', 'POST', '', '[]',
                 gen_random_uuid(), now(), '[]', 'pending');
             INSERT INTO webhook_queue (webhook_sid, account_sid, message_sid, endpoint, claimed_by, claimed_at)
             VALUES ('{webhook}', '{MessagingServer.AccountSid}', '{message}', 'http://127.0.0.1:9', '{Recorder}',
                 now())
             """);
        await using NpgsqlConnection recorder = new(server.ConnectionString + ";Pooling=false");
        await recorder.OpenAsync();
        await using var recording = await recorder.BeginTransactionAsync();
        await RunAsync(recorder, "LOCK TABLE webhook_queue IN ACCESS EXCLUSIVE MODE");

        await Sql.ScalarAsync(
            server.ConnectionString, $"UPDATE server_processes SET has_left = true WHERE id = '{Owner}'");
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(server.ConnectionString,
            """
            SELECT count(*) FROM pg_locks AS waiting JOIN pg_locks AS held USING (pid, database)
            WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND NOT waiting.granted AND waiting.relation = 'webhook_queue'::regclass
                AND held.locktype = 'advisory' AND held.mode = 'ExclusiveLock' AND held.granted
            """) is > 0L, () => "The release does not wait.");
        await RunAsync(recorder,
            $"""
             DELETE FROM webhook_queue WHERE webhook_sid = '{webhook}';
             UPDATE webhooks SET outcome = 'delivered' WHERE sid = '{webhook}'
             """);
        await recording.CommitAsync();

        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM owned_messages WHERE message_sid = '{message}'") is 0L, () => "It is not released.");
        Assert.Equal(0L, await Sql.ScalarAsync(
            server.ConnectionString, $"SELECT count(*) FROM webhook_queue WHERE webhook_sid = '{webhook}'"));
    }

    [Fact]
    public async Task A_message_whose_callback_was_canceled_goes_on_and_the_callback_is_sent_again()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        TaskCompletionSource gate = new();
        receiver.MayRespond = gate.Task;
        var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url, NumbersApi.New());
        var sid = await server.Api.Messages.SendAsync(
            ("To", "+14155550108"), ("MessagingServiceSid", service), ("Body", "Hi"));
        await server.Api.Messages.UntilAsync(sid, "delivered");
        var memory = server.Services.GetRequiredService<OwnedMessages>();
        Assert.True(memory.Contains(Sid.Parse(sid)));

        // As a reset that another server has made, of messages from before this one.
        await server.Services.GetRequiredService<WebhookDispatcher>().CancelAsync(
            server.Services.GetRequiredService<EndpointLimiter>().ClaimsOf(Sid.Parse(MessagingServer.AccountSid)));
        gate.SetResult();

        await Eventually.TrueAsync(
            () => receiver.Received.Any(callback => (callback.MessageSid, callback.Status) == (sid, "delivered")),
            () => "The message waits for the canceled callback.");
        var received = receiver.Received.Where(callback => callback.MessageSid == sid).ToList();
        Assert.Equal(["queued", "sent", "delivered"],
            received.DistinctBy(callback => callback.Token).Select(callback => callback.Status));
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM owned_messages WHERE message_sid = '{sid}'") is 0L, () => "It stays in memory.");
    }

    [Fact]
    public async Task A_replay_waits_for_callbacks_in_memory()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await frozen.PostAsync("/emulator/v1/CarrierRules", ("To", "+14155550109"), ("DelayMs", "60000"))
            .ExpectAsync(201);
        var service = await frozen.Api.Services.CreateWithCallbackAsync(receiver.Url, NumbersApi.New());
        var sid = await frozen.Api.Messages.SendAsync(
            ("To", "+14155550109"), ("MessagingServiceSid", service), ("Body", "Hi"));
        await receiver.UntilAsync(received => received.Count == 1);
        var first = (await frozen.Api.Messages.WebhooksAsync(sid))[0]["sid"];
        TaskCompletionSource gate = new();
        receiver.MayRespond = gate.Task;
        await frozen.Api.Clock.ChangeAsync(("Advance", "PT5M"));
        await frozen.Api.Messages.UntilAsync(sid, "delivered");

        var replaying = frozen.PostAsync($"/emulator/v1/Webhooks/{first}/Replay");
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(frozen.ConnectionString,
            $"SELECT count(*) FROM webhooks WHERE message_sid = '{sid}' AND outcome = 'pending'") is 2L,
            () => "The replay does not know the callbacks in memory.");
        gate.SetResult();

        await replaying.ExpectAsync(202);
        await receiver.UntilAsync(received => received.Count == 4);
        Assert.Equal(["queued", "sent", "delivered", "queued"], receiver.Received.Select(callback => callback.Status));
    }

    private static async Task RunAsync(NpgsqlConnection session, string sql)
    {
        await using NpgsqlCommand command = new(sql, session);
        await command.ExecuteNonQueryAsync();
    }
}
