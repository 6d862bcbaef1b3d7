using System.Diagnostics;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Tests.Webhooks;

public sealed class CallbackFailoverTests(PostgresServer server) : IAsyncLifetime
{
    private string database = "";

    public async ValueTask InitializeAsync() => database = await server.CreateDatabaseAsync();

    public async ValueTask DisposeAsync() => await server.DropDatabaseAsync(database);

    [Fact]
    public async Task The_claims_of_a_dead_server_are_taken_over()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var owed = await callbacks.OweAsync(receiver.Url, receiver.Url);
        await Sql.ScalarAsync(database,
            """
            INSERT INTO server_processes (id, last_seen) VALUES ('11111111-1111-1111-1111-111111111111', now() - interval '1 hour');
            UPDATE webhook_queue SET claimed_by = '11111111-1111-1111-1111-111111111111', claimed_at = now()
            """);

        await callbacks.StartAsync();
        await callbacks.UntilQueueIsEmptyAsync();

        Assert.Equal(2, receiver.Requests.Count);
        foreach (var sid in owed) Assert.Equal(WebhookOutcome.Delivered, (await callbacks.LoadAsync(sid)).Outcome);
    }

    [Fact]
    public async Task An_attempt_that_is_cut_off_is_made_again_with_the_same_token()
    {
        var arrived = new TaskCompletionSource();
        var hang = true;
        await using var receiver = await Receiver.StartAsync((_, context) =>
        {
            arrived.TrySetResult();
            return Volatile.Read(ref hang) ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        });
        await using var second = await CallbackServer.CreateAsync(database);
        var owed = Assert.Single(await second.OweAsync(receiver.Url));
        await using (var first = await CallbackServer.CreateAsync(database))
        {
            await first.StartAsync();
            await arrived.Task;
            var stopping = Stopwatch.StartNew();
            await first.StopAsync();
            Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(5), $"Stopping took {stopping.Elapsed}.");
        }

        Volatile.Write(ref hang, false);
        await second.StartAsync();
        await second.UntilQueueIsEmptyAsync();

        Assert.Equal(2, receiver.Requests.Count);
        Assert.Single(receiver.Requests.Select(request => request.Token).Distinct());
        var webhook = await second.LoadAsync(owed);
        Assert.Equal((WebhookOutcome.Delivered, 1), (webhook.Outcome, webhook.Attempts.Count));
    }

    [Fact]
    public async Task What_is_acknowledged_while_the_server_stops_is_recorded()
    {
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync((_, _) =>
        {
            arrived.TrySetResult();
            return answer.Task;
        });
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var owed = Assert.Single(await callbacks.OweAsync(receiver.Url));
        await callbacks.StartAsync();
        await arrived.Task;

        var stopping = callbacks.StopAsync();
        answer.SetResult();
        await stopping;

        Assert.Equal(WebhookOutcome.Delivered, (await callbacks.LoadAsync(owed)).Outcome);
        await callbacks.UntilQueueIsEmptyAsync();
    }

    [Fact]
    public async Task A_server_whose_claim_was_taken_over_records_nothing()
    {
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync((_, _) =>
        {
            arrived.TrySetResult();
            return answer.Task;
        });
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var owed = Assert.Single(await callbacks.OweAsync(receiver.Url));
        await callbacks.StartAsync();
        await arrived.Task;
        await Sql.ScalarAsync(database,
            """
            INSERT INTO server_processes (id, last_seen) VALUES ('11111111-1111-1111-1111-111111111111', now() + interval '1 hour');
            UPDATE webhook_queue SET claimed_by = '11111111-1111-1111-1111-111111111111'
            """);

        answer.SetResult();
        await callbacks.StopAsync();

        Assert.Equal(WebhookOutcome.Pending, (await callbacks.LoadAsync(owed)).Outcome);
        await using var db = await callbacks.OpenAsync();
        Assert.Single(await db.WebhookQueue.ToListAsync());
    }

    [Fact]
    public async Task Claims_whose_answer_was_lost_are_not_lost_themselves()
    {
        // The claim is committed, and what follows fails: the server does not know what it has claimed.
        await using var receiver = await Receiver.StartAsync();
        await using var callbacks = await CallbackServer.CreateAsync(database);
        await callbacks.OweAsync(receiver.Url);
        await Sql.ScalarAsync(database, "ALTER TABLE webhooks RENAME TO hidden");
        await callbacks.StartAsync();
        await CallbackServer.UntilAsync(async () =>
        {
            await using var db = await callbacks.OpenAsync();
            return await db.WebhookQueue.AnyAsync(entry => entry.ClaimedBy == callbacks.Process.Id);
        }, "the callback is claimed");

        await Sql.ScalarAsync(database, "ALTER TABLE hidden RENAME TO webhooks");

        await callbacks.UntilQueueIsEmptyAsync();
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task What_could_not_be_recorded_at_once_is_recorded_later_and_not_posted_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var owed = Assert.Single(await callbacks.OweAsync(receiver.Url));
        await Sql.ScalarAsync(database,
            """
            CREATE SEQUENCE writes;
            CREATE FUNCTION refuse_twice() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN IF nextval('writes') < 3 THEN RAISE 'refused'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER refuse_twice BEFORE UPDATE ON webhooks FOR EACH ROW EXECUTE FUNCTION refuse_twice()
            """);

        await callbacks.StartAsync();
        await callbacks.UntilQueueIsEmptyAsync();

        Assert.Equal(3L, await Sql.ScalarAsync(database, "SELECT last_value FROM writes"));
        Assert.Single(receiver.Requests);
        Assert.Single((await callbacks.LoadAsync(owed)).Attempts);
    }
}
