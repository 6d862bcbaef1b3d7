using System.Diagnostics;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Tests.Webhooks;

public sealed class CallbackFailoverTests(PostgresServer server) : IAsyncLifetime
{
    private const string OtherNode = "11111111-1111-1111-1111-111111111111";

    private string database = "";

    public async ValueTask InitializeAsync() => database = await server.CreateDatabaseAsync();

    public async ValueTask DisposeAsync() => await server.DropDatabaseAsync(database);

    [Fact]
    public async Task A_dead_servers_claims_are_taken_over()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var webhooks = await callbacks.EnqueueAsync(receiver.Url, receiver.Url);
        await Sql.ScalarAsync(database,
            $"""
             INSERT INTO server_processes (id, last_seen) VALUES ('{OtherNode}', now() - interval '1 hour');
             UPDATE webhook_queue SET claimed_by = '{OtherNode}', claimed_at = now()
             """);

        await callbacks.StartAsync();
        await callbacks.UntilQueueIsEmptyAsync();

        Assert.Equal(2, receiver.Requests.Count);
        foreach (var sid in webhooks)
            Assert.Equal(WebhookOutcome.Delivered, (await callbacks.LoadAsync(sid)).Outcome);
    }

    [Fact]
    public async Task A_canceled_attempt_is_repeated_with_the_same_token()
    {
        var arrived = new TaskCompletionSource();
        var hang = true;
        await using var receiver = await Receiver.StartAsync((_, context) =>
        {
            arrived.TrySetResult();
            return Volatile.Read(ref hang) ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        });
        await using var second = await CallbackServer.CreateAsync(database);
        var sid = Assert.Single(await second.EnqueueAsync(receiver.Url));
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
        var webhook = await second.LoadAsync(sid);
        Assert.Equal((WebhookOutcome.Delivered, 1), (webhook.Outcome, webhook.Attempts.Count));
    }

    [Fact]
    public async Task An_acknowledgement_while_the_server_stops_is_stored()
    {
        var arrived = new TaskCompletionSource();
        var response = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync((_, _) =>
        {
            arrived.TrySetResult();
            return response.Task;
        });
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var sid = Assert.Single(await callbacks.EnqueueAsync(receiver.Url));
        await callbacks.StartAsync();
        await arrived.Task;

        var stopping = callbacks.StopAsync();
        response.SetResult();
        await stopping;

        Assert.Equal(WebhookOutcome.Delivered, (await callbacks.LoadAsync(sid)).Outcome);
        await callbacks.UntilQueueIsEmptyAsync();
    }

    [Fact]
    public async Task A_server_that_lost_its_claim_stores_no_result()
    {
        var arrived = new TaskCompletionSource();
        var response = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync((_, _) =>
        {
            arrived.TrySetResult();
            return response.Task;
        });
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var sid = Assert.Single(await callbacks.EnqueueAsync(receiver.Url));
        await callbacks.StartAsync();
        await arrived.Task;
        await Sql.ScalarAsync(database,
            $"""
             INSERT INTO server_processes (id, last_seen) VALUES ('{OtherNode}', now() + interval '1 hour');
             UPDATE webhook_queue SET claimed_by = '{OtherNode}'
             """);

        response.SetResult();
        await callbacks.StopAsync();

        Assert.Equal(WebhookOutcome.Pending, (await callbacks.LoadAsync(sid)).Outcome);
        await using var db = callbacks.Open();
        Assert.Single(await db.WebhookQueue.ToListAsync());
    }

    [Fact]
    public async Task A_claim_that_is_committed_while_the_server_looks_for_unknown_ones_is_kept()
    {
        // Without the stage, nothing claims the released ones again.
        await using var callbacks = await CallbackServer.CreateAsync(database, ("Pipeline:Stages", ""));
        await callbacks.StartAsync();
        var before = await callbacks.EnqueueClaimedAsync("http://127.0.0.1:9/");
        Task<Sid>? committed = null;

        await callbacks.Queue.ReleaseUnknownAsync(CommitMeanwhile, CancellationToken.None);

        Assert.Equal(DBNull.Value, await ClaimOfAsync(before));
        Assert.Equal(callbacks.Node.Id, await ClaimOfAsync(await committed!));

        IEnumerable<Sid> CommitMeanwhile()
        {
            committed = callbacks.EnqueueClaimedAsync("http://127.0.0.1:9/");
            SpinWait.SpinUntil(() => committed.IsCompleted);
            return [];
        }

        Task<object?> ClaimOfAsync(Sid webhook) => Sql.ScalarAsync(
            database, $"SELECT claimed_by FROM webhook_queue WHERE webhook_sid = '{webhook}'");
    }

    [Fact]
    public async Task Claims_that_the_server_does_not_know_are_released()
    {
        // The claim is committed, but the load of the webhooks fails: the server does not know its claims.
        await using var receiver = await Receiver.StartAsync();
        await using var callbacks = await CallbackServer.CreateAsync(database);
        await callbacks.EnqueueAsync(receiver.Url);
        await Sql.ScalarAsync(database, "ALTER TABLE webhooks RENAME TO hidden");
        await callbacks.StartAsync();
        await CallbackServer.UntilAsync(async () =>
        {
            await using var db = callbacks.Open();
            return await db.WebhookQueue.AnyAsync(entry => entry.ClaimedBy == callbacks.Node.Id);
        }, "the callback is claimed");

        await Sql.ScalarAsync(database, "ALTER TABLE hidden RENAME TO webhooks");

        await callbacks.UntilQueueIsEmptyAsync();
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task A_result_that_could_not_be_stored_is_stored_later_without_a_repeat()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var callbacks = await CallbackServer.CreateAsync(database);
        var sid = Assert.Single(await callbacks.EnqueueAsync(receiver.Url));
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
        Assert.Single((await callbacks.LoadAsync(sid)).Attempts);
    }
}
