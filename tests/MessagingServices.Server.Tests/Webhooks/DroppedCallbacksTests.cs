using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>A server that loses its claims sends none of the webhooks that wait in its memory.</summary>
public sealed class DroppedCallbacksTests(PostgresServer server) : IAsyncLifetime
{
    // One at a time: all other claimed webhooks wait in memory.
    private static readonly (string, string)[] OneAtATime =
        [("Webhooks:MaxConcurrency", "4"), ("Webhooks:MaxConcurrencyPerEndpoint", "1")];

    private const int Enqueued = 6;

    private readonly SemaphoreSlim responses = new(0);
    private string database = "";
    private Receiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        database = await server.CreateDatabaseAsync();
        receiver = await Receiver.StartAsync(async (_, context) => await responses.WaitAsync(context.RequestAborted));
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        await server.DropDatabaseAsync(database);
        responses.Dispose();
    }

    [Fact]
    public async Task A_server_that_lost_its_claims_sends_no_waiting_callback()
    {
        await using var callbacks = await CallbackServer.CreateAsync(database, OneAtATime);
        await StartAndFillMemoryAsync(callbacks);
        await using (var db = callbacks.Open())
        {
            var other = new ServerNode
            {
                Id = Guid.NewGuid(),
                LastSeen = TimeProvider.System.GetUtcNow().AddHours(1),
            };
            db.Add(other);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await db.WebhookQueue.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.ClaimedBy, other.Id));
        }

        callbacks.Dispatcher.ReleaseWaiting();

        responses.Release(Enqueued);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_released_waiting_callbacks_claims_them_again()
    {
        await using var callbacks = await CallbackServer.CreateAsync(database, OneAtATime);
        await StartAndFillMemoryAsync(callbacks);

        callbacks.Dispatcher.ReleaseWaiting();

        responses.Release(Enqueued);
        await callbacks.UntilQueueIsEmptyAsync();
        Assert.Equal(Enqueued, receiver.Requests.Select(request => request.Token).Distinct().Count());
        Assert.Equal(Enqueued, receiver.Requests.Count);
    }

    /// <summary>
    /// One request gets a response, so the endpoint is healthy. One is in flight. The others are claimed and wait.
    /// </summary>
    private async Task StartAndFillMemoryAsync(CallbackServer callbacks)
    {
        for (var i = 0; i < Enqueued; i++) await callbacks.EnqueueAsync(receiver.Url);
        responses.Release();
        await callbacks.StartAsync();
        await CallbackServer.UntilAsync(
            async () => receiver.Requests.Count == 2 && await CountClaimedAsync(callbacks) >= 3,
            "one is in flight and others wait");
    }

    private static async Task<int> CountClaimedAsync(CallbackServer callbacks)
    {
        await using var db = callbacks.Open();
        return await db.WebhookQueue.CountAsync(entry => entry.ClaimedBy != null);
    }
}
