using System.Collections.Concurrent;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Tests.Webhooks;

public sealed class DeliverWebhooksTests(PostgresServer server) : IAsyncLifetime
{
    private string database = "";

    public async ValueTask InitializeAsync() => database = await server.CreateDatabaseAsync();

    public async ValueTask DisposeAsync() => await server.DropDatabaseAsync(database);

    [Fact]
    public async Task The_callbacks_of_one_message_arrive_in_order_and_once()
    {
        var places = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        await using var receiver = await Receiver.StartAsync(async (request, _) =>
        {
            var form = request.Form.ToDictionary();
            await Task.Delay(Random.Shared.Next(10));
            places.GetOrAdd(form["MessageSid"], _ => new()).Enqueue(form["Place"]);
        });
        await using var first = await CallbackServer.CreateAsync(database);
        await using var second = await CallbackServer.CreateAsync(database);
        for (var i = 0; i < 40; i++) await first.OweAsync([.. Enumerable.Repeat(receiver.Url, 4)]);

        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        await first.UntilQueueIsEmptyAsync();

        Assert.Equal(40, places.Count);
        Assert.All(places.Values, order => Assert.Equal(["0", "1", "2", "3"], order));
        await using var db = await first.OpenAsync();
        var webhooks = await db.Webhooks.AsNoTracking().ToListAsync();
        Assert.All(webhooks, webhook => Assert.Equal(WebhookOutcome.Delivered, webhook.Outcome));
        Assert.All(webhooks, webhook => Assert.Equal(200, Assert.Single(webhook.Attempts).StatusCode));
        Assert.Equal(
            receiver.Requests.Select(request => request.Headers["X-Twilio-Signature"]).Order(),
            webhooks.Select(webhook => webhook.Signature!).Order());
    }

    [Fact]
    public async Task A_callback_that_fails_is_given_up_and_the_next_of_its_message_follows()
    {
        await using var receiver = await Receiver.StartAsync((request, context) =>
        {
            context.Response.StatusCode = request.Form.ToDictionary()["Place"] == "0" ? 500 : 200;
            return Task.CompletedTask;
        });
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var owed = await callbacks.OweAsync($"{receiver.Url}/#rc=1&rp=5xx", receiver.Url);

        await callbacks.StartAsync();
        await callbacks.UntilQueueIsEmptyAsync();

        var failed = await callbacks.LoadAsync(owed[0]);
        Assert.Equal(WebhookOutcome.Failed, failed.Outcome);
        Assert.Equal([500, 500], failed.Attempts.Select(attempt => attempt.StatusCode));
        Assert.Equal(WebhookOutcome.Delivered, (await callbacks.LoadAsync(owed[1])).Outcome);
    }

    [Fact]
    public async Task Many_dead_endpoints_do_not_delay_a_healthy_one()
    {
        // Twice as many dead ones as the whole server could serve at full width, each with more than its share.
        await using var receiver = await Receiver.StartAsync();
        List<RawReceiver> dead = [.. Enumerable.Range(0, 16).Select(_ => RawReceiver.Hanging())];
        await using var callbacks = await CallbackServer.CreateAsync(
            database, ("Webhooks:MaxConcurrency", "64"), ("Webhooks:MaxConcurrencyPerEndpoint", "8"));
        foreach (var endpoint in dead)
        {
            for (var i = 0; i < 12; i++) await callbacks.OweAsync($"http://{endpoint.Authority}/");
        }

        await callbacks.StartAsync();
        await CallbackServer.UntilAsync(() => Task.FromResult(dead.All(endpoint => endpoint.Connections > 0)), "all dead endpoints are called");
        for (var i = 0; i < 100; i++) await callbacks.OweAsync(receiver.Url, receiver.Url);
        // Dead endpoints are left after 15 s at the earliest: whoever waits for them does not come this far.
        await CallbackServer.UntilAsync(() => Task.FromResult(receiver.Requests.Count == 200), "the healthy endpoint has everything");

        await using var db = await callbacks.OpenAsync();
        Assert.Equal(16 * 12, await db.WebhookQueue.CountAsync(entry => !entry.Endpoint.Contains(receiver.Url)));
        Assert.All(dead, endpoint => Assert.InRange(endpoint.Connections, 1, 8));
        foreach (var endpoint in dead) await endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Thousands_of_callbacks_that_wait_for_older_ones_do_not_hide_one_that_is_free()
    {
        await using var dead = RawReceiver.Hanging();
        await using var receiver = await Receiver.StartAsync();
        await using var callbacks = await CallbackServer.CreateAsync(database);
        await Sql.ScalarAsync(database,
            $"""
             INSERT INTO webhooks (sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token, date_created, attempts, outcome)
             SELECT 'WH' || lpad(i::text, 32, '0'), '{CallbackServer.Account}', 'SM' || lpad((i % 7000)::text, 32, '0'), 'status_callback',
                 'POST', CASE WHEN i < 7000 THEN 'http://{dead.Authority}/' ELSE '{receiver.Url}' END, '[]', gen_random_uuid(), now(), '[]', 'pending'
             FROM generate_series(0, 13999) AS i;
             INSERT INTO webhook_queue (webhook_sid, message_sid, endpoint)
             SELECT sid, message_sid, rtrim(url, '/') FROM webhooks ORDER BY sid;
             """);
        var free = await callbacks.OweAsync(receiver.Url);

        await callbacks.StartAsync();
        await CallbackServer.UntilAsync(() => Task.FromResult(!receiver.Requests.IsEmpty), "the free callback arrives");

        Assert.Single(receiver.Requests);
        await CallbackServer.UntilAsync(
            async () => (await callbacks.LoadAsync(free[0])).Outcome == WebhookOutcome.Delivered, "it is recorded");
    }

    [Fact]
    public async Task A_callback_whose_url_cannot_be_read_keeps_no_other_back()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var owed = await callbacks.OweAsync("nonsense", receiver.Url);

        await callbacks.StartAsync();
        await callbacks.UntilQueueIsEmptyAsync();

        var unreadable = await callbacks.LoadAsync(owed[0]);
        Assert.Equal((WebhookOutcome.Failed, 11210), (unreadable.Outcome, unreadable.Attempts[0].ErrorCode));
        Assert.Equal(WebhookOutcome.Delivered, (await callbacks.LoadAsync(owed[1])).Outcome);
    }

    [Fact]
    public async Task A_result_that_cannot_be_stored_is_stored_without_its_texts()
    {
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var owed = Assert.Single(await callbacks.OweAsync("http://127.0.0.1:9/"));
        await using (var db = await callbacks.OpenAsync())
            await db.WebhookQueue.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.ClaimedBy, callbacks.Process.Id));
        await callbacks.StartAsync();
        var attempt = new WebhookAttempt(DateTimeOffset.UnixEpoch, 418, 11217, "No teapot", 7);

        await callbacks.Writer.AddAsync(new(owed, "signature\0", [attempt], WebhookOutcome.Failed), CancellationToken.None);
        await callbacks.UntilQueueIsEmptyAsync();

        var stored = await callbacks.LoadAsync(owed);
        Assert.Equal((WebhookOutcome.Failed, null), (stored.Outcome, stored.Signature));
        Assert.Equal(attempt with { Error = null }, Assert.Single(stored.Attempts));
    }

    [Fact]
    public async Task A_callback_that_was_removed_leaves_the_queue()
    {
        await using var callbacks = await CallbackServer.CreateAsync(database);
        await using (var db = await callbacks.OpenAsync())
        {
            await callbacks.OweAsync("http://127.0.0.1:9/");
            await db.Webhooks.ExecuteDeleteAsync();
        }

        await callbacks.StartAsync();

        await callbacks.UntilQueueIsEmptyAsync();
    }

    [Fact]
    public async Task Replay_posts_the_same_again_with_the_same_token()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var owed = Assert.Single(await callbacks.OweAsync($"{receiver.Url}/sms"));
        Assert.True(await callbacks.Replay.ReplayAsync(CallbackServer.Account, owed, CancellationToken.None));
        await callbacks.StartAsync();
        await callbacks.UntilQueueIsEmptyAsync();
        Assert.Single(receiver.Requests);

        Assert.True(await callbacks.Replay.ReplayAsync(CallbackServer.Account, owed, CancellationToken.None));
        await callbacks.UntilQueueIsEmptyAsync();

        Assert.Equal(2, receiver.Requests.Count);
        Assert.Single(receiver.Requests.Select(request => (request.Token, request.Body)).Distinct());
        var webhook = await callbacks.LoadAsync(owed);
        Assert.Equal((WebhookOutcome.Delivered, 2), (webhook.Outcome, webhook.Attempts.Count));
        Assert.False(await callbacks.Replay.ReplayAsync(CallbackServer.Account, Sid.Create(SidPrefix.Webhook, 1), CancellationToken.None));
        Assert.False(await callbacks.Replay.ReplayAsync(Sid.Create(SidPrefix.Account, 2), owed, CancellationToken.None));
    }
}
