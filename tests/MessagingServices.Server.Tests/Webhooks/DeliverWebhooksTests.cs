using System.Collections.Concurrent;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Webhooks;
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
        for (var i = 0; i < 40; i++) await first.EnqueueAsync([.. Enumerable.Repeat(receiver.Url, 4)]);

        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        await first.UntilQueueIsEmptyAsync();

        Assert.Equal(40, places.Count);
        Assert.All(places.Values, order => Assert.Equal(["0", "1", "2", "3"], order));
        await using var db = first.Open();
        var webhooks = await db.Webhooks.AsNoTracking().ToListAsync();
        Assert.All(webhooks, webhook => Assert.Equal(WebhookOutcome.Delivered, webhook.Outcome));
        Assert.All(webhooks, webhook => Assert.Equal(200, Assert.Single(webhook.Attempts).StatusCode));
        Assert.Equal(
            receiver.Requests.Select(request => request.Headers["X-Twilio-Signature"]).Order(),
            webhooks.Select(webhook => webhook.Signature!).Order());
    }

    [Fact]
    public async Task A_callback_with_exhausted_retries_has_failed_and_the_next_follows()
    {
        await using var receiver = await Receiver.StartAsync((request, context) =>
        {
            context.Response.StatusCode = request.Form.ToDictionary()["Place"] == "0" ? 500 : 200;
            return Task.CompletedTask;
        });
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var sids = await callbacks.EnqueueAsync($"{receiver.Url}/#rc=1&rp=5xx", receiver.Url);

        await callbacks.StartAsync();
        await callbacks.UntilQueueIsEmptyAsync();

        var failed = await callbacks.LoadAsync(sids[0]);
        Assert.Equal(WebhookOutcome.Failed, failed.Outcome);
        Assert.Equal([500, 500], failed.Attempts.Select(attempt => attempt.StatusCode));
        Assert.Equal(WebhookOutcome.Delivered, (await callbacks.LoadAsync(sids[1])).Outcome);
    }

    [Fact]
    public async Task Many_dead_endpoints_do_not_delay_a_healthy_one()
    {
        // Twice as many dead endpoints as the server can serve at their full share, each with more callbacks than that.
        await using var receiver = await Receiver.StartAsync();
        List<RawReceiver> dead = [.. Enumerable.Range(0, 16).Select(_ => RawReceiver.Hanging())];
        await using var callbacks = await CallbackServer.CreateAsync(
            database, ("Webhooks:MaxConcurrency", "64"), ("Webhooks:MaxConcurrencyPerEndpoint", "8"));
        foreach (var endpoint in dead)
        {
            for (var i = 0; i < 12; i++) await callbacks.EnqueueAsync($"http://{endpoint.Authority}/");
        }

        await callbacks.StartAsync();
        await CallbackServer.UntilAsync(
            () => Task.FromResult(dead.All(endpoint => endpoint.Connections > 0)), "all dead endpoints are called");
        for (var i = 0; i < 100; i++) await callbacks.EnqueueAsync(receiver.Url, receiver.Url);
        // The requests to dead endpoints time out after 15 s. A server that waits for them does not get this far.
        await CallbackServer.UntilAsync(
            () => Task.FromResult(receiver.Requests.Count == 200), "the healthy endpoint has all callbacks");

        await using var db = callbacks.Open();
        Assert.Equal(
            16 * 12, await db.WebhookQueue.CountAsync(entry => !entry.Endpoint.Contains(receiver.Url)));
        Assert.All(dead, endpoint => Assert.InRange(endpoint.Connections, 1, 8));
        foreach (var endpoint in dead) await endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Thousands_of_waiting_callbacks_do_not_block_one_that_is_ready()
    {
        await using var dead = RawReceiver.Hanging();
        await using var receiver = await Receiver.StartAsync();
        await using var callbacks = await CallbackServer.CreateAsync(database);
        await Sql.ScalarAsync(database,
            $"""
             INSERT INTO webhooks (sid, account_sid, message_sid, kind, method, url, parameters,
                 idempotency_token, date_created, attempts, outcome)
             SELECT 'WH' || lpad(i::text, 32, '0'), '{CallbackServer.Account}',
                 'SM' || lpad((i % 7000)::text, 32, '0'), 'status_callback', 'POST',
                 CASE WHEN i < 7000 THEN 'http://{dead.Authority}/' ELSE '{receiver.Url}' END, '[]',
                 gen_random_uuid(), now(), '[]', 'pending'
             FROM generate_series(0, 13999) AS i;
             INSERT INTO webhook_queue (webhook_sid, account_sid, message_sid, endpoint)
             SELECT sid, account_sid, message_sid, rtrim(url, '/') FROM webhooks ORDER BY sid;
             """);
        var ready = Assert.Single(await callbacks.EnqueueAsync(receiver.Url));

        await callbacks.StartAsync();
        await CallbackServer.UntilAsync(
            () => Task.FromResult(!receiver.Requests.IsEmpty), "the ready callback arrives");

        Assert.Single(receiver.Requests);
        await CallbackServer.UntilAsync(
            async () => (await callbacks.LoadAsync(ready)).Outcome == WebhookOutcome.Delivered,
            "its result is stored");
    }

    [Fact]
    public async Task A_callback_with_an_invalid_url_does_not_block_the_next()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var sids = await callbacks.EnqueueAsync("nonsense", receiver.Url);

        await callbacks.StartAsync();
        await callbacks.UntilQueueIsEmptyAsync();

        var invalid = await callbacks.LoadAsync(sids[0]);
        Assert.Equal((WebhookOutcome.Failed, 11210), (invalid.Outcome, invalid.Attempts[0].ErrorCode));
        Assert.Equal(WebhookOutcome.Delivered, (await callbacks.LoadAsync(sids[1])).Outcome);
    }

    [Fact]
    public async Task A_result_that_the_database_rejects_is_stored_without_its_texts()
    {
        await using var callbacks = await CallbackServer.CreateAsync(database);
        await callbacks.StartAsync();
        var sid = await callbacks.EnqueueClaimedAsync("http://127.0.0.1:9/");
        var attempt = new WebhookAttempt(DateTimeOffset.UnixEpoch, 418, 11217, "No teapot", 7);
        var delivery = new WebhookDelivery(sid, WebhookOutcome.Failed, [attempt]) { Signature = "signature\0" };

        await callbacks.Writer.AddAsync(delivery, CancellationToken.None);
        await callbacks.UntilQueueIsEmptyAsync();

        var stored = await callbacks.LoadAsync(sid);
        Assert.Equal((WebhookOutcome.Failed, null), (stored.Outcome, stored.Signature));
        Assert.Equal(attempt with { Error = null }, Assert.Single(stored.Attempts));
    }

    [Fact]
    public async Task A_removed_callback_leaves_the_queue()
    {
        await using var callbacks = await CallbackServer.CreateAsync(database);
        await using (var db = callbacks.Open())
        {
            await callbacks.EnqueueAsync("http://127.0.0.1:9/");
            await db.Webhooks.ExecuteDeleteAsync();
        }

        await callbacks.StartAsync();

        await callbacks.UntilQueueIsEmptyAsync();
    }

    [Fact]
    public async Task Replay_delivers_the_same_callback_with_the_same_token()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var sid = Assert.Single(await callbacks.EnqueueAsync($"{receiver.Url}/sms"));
        Assert.True(await callbacks.ReplayAsync(CallbackServer.Account, sid));
        await callbacks.StartAsync();
        await callbacks.UntilQueueIsEmptyAsync();
        Assert.Single(receiver.Requests);

        Assert.True(await callbacks.ReplayAsync(CallbackServer.Account, sid));
        await callbacks.UntilQueueIsEmptyAsync();

        Assert.Equal(2, receiver.Requests.Count);
        Assert.Single(receiver.Requests.Select(request => (request.Token, request.Body)).Distinct());
        var webhook = await callbacks.LoadAsync(sid);
        Assert.Equal((WebhookOutcome.Delivered, 2), (webhook.Outcome, webhook.Attempts.Count));
        Assert.False(await callbacks.ReplayAsync(CallbackServer.Account, Sid.Create(SidPrefix.Webhook, 1)));
        Assert.False(await callbacks.ReplayAsync(Sid.Create(SidPrefix.Account, 2), sid));
    }
}
