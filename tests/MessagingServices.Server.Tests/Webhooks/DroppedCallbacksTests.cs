using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>What a server has in memory is worth nothing once its claims are somebody else's, or the callbacks are gone.</summary>
public sealed class DroppedCallbacksTests(PostgresServer server) : IAsyncLifetime
{
    // One at a time: everything else that is claimed waits in memory.
    private static readonly (string, string)[] OneAtATime = [("Webhooks:MaxConcurrency", "4"), ("Webhooks:MaxConcurrencyPerEndpoint", "1")];
    private const int Owed = 6;

    private readonly SemaphoreSlim answers = new(0);
    private string database = "";
    private Receiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        database = await server.CreateDatabaseAsync();
        receiver = await Receiver.StartAsync(async (_, context) => await answers.WaitAsync(context.RequestAborted));
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        await server.DropDatabaseAsync(database);
        answers.Dispose();
    }

    [Fact]
    public async Task A_server_whose_claims_were_taken_over_posts_nothing_of_what_it_had_in_memory()
    {
        await using var callbacks = await CallbackServer.CreateAsync(database, OneAtATime);
        await StartAndFillMemoryAsync(callbacks);
        await using (var db = await callbacks.OpenAsync())
        {
            var other = new ServerNode { Id = Guid.NewGuid(), LastSeen = TimeProvider.System.GetUtcNow().AddHours(1) };
            db.Add(other);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await db.WebhookQueue.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.ClaimedBy, other.Id));
        }

        callbacks.Dispatcher.DropWaiting();

        answers.Release(Owed);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_dropped_what_it_had_in_memory_posts_it_when_it_is_still_owed()
    {
        await using var callbacks = await CallbackServer.CreateAsync(database, OneAtATime);
        await StartAndFillMemoryAsync(callbacks);

        callbacks.Dispatcher.DropWaiting();

        answers.Release(Owed);
        await callbacks.UntilQueueIsEmptyAsync();
        Assert.Equal(Owed, receiver.Requests.Select(request => request.Token).Distinct().Count());
        Assert.Equal(Owed, receiver.Requests.Count);
    }

    /// <summary>One request is answered, so that the endpoint is known to be prompt; one is under way; the others are claimed and wait.</summary>
    private async Task StartAndFillMemoryAsync(CallbackServer callbacks)
    {
        for (var i = 0; i < Owed; i++) await callbacks.OweAsync(receiver.Url);
        answers.Release();
        await callbacks.StartAsync();
        await CallbackServer.UntilAsync(
            async () => receiver.Requests.Count == 2 && await CountClaimedAsync(callbacks) >= 3, "one is under way and others wait");
    }

    private static async Task<int> CountClaimedAsync(CallbackServer callbacks)
    {
        await using var db = await callbacks.OpenAsync();
        return await db.WebhookQueue.CountAsync(entry => entry.ClaimedBy != null);
    }
}
