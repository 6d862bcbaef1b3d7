using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Webhooks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>
/// A server that only delivers webhooks. Several may share a database. Its services exist after
/// <see cref="StartAsync"/>.
/// </summary>
internal sealed class CallbackServer : IAsyncDisposable
{
    public static readonly Sid Account = Sid.Create(SidPrefix.Account, 1);

    private static readonly ApplicationLifetime Lifetime = new(NullLogger<ApplicationLifetime>.Instance);

    private readonly DbContextOptions<MessagingDb> database;
    private readonly Host host;
    private readonly SidSource sids = new(TimeProvider.System);
    private bool isStarted;

    private CallbackServer(string database, IEnumerable<(string Key, string Value)> settings)
    {
        this.database = new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database).Options;
        host = new(
        [
            ("ConnectionStrings:Postgres", database), ("Seed:File", "none"), ("Pipeline:Stages", "DeliverWebhooks"),
            ("Serilog:MinimumLevel:Default", "Fatal"), .. settings,
        ]);
        host.UseKestrel(0);
    }

    public NodeId Node => Get<NodeId>();

    public WebhookDispatcher Dispatcher => Get<WebhookDispatcher>();

    public WebhookQueue Queue => Get<WebhookQueue>();

    public WebhookResultWriter Writer => Get<WebhookResultWriter>();

    /// <summary>What this project's own server starts and stops.</summary>
    public IReadOnlyList<IHostedService> HostedServices =>
        [.. host.Services.GetServices<IHostedService>().Where(x => x.GetType().Assembly == typeof(NodeId).Assembly)];

    public static async Task<CallbackServer> CreateAsync(string database, params (string Key, string Value)[] settings)
    {
        var server = new CallbackServer(database, settings);
        await DatabaseMigration.ApplyAsync(() => new(database), null, CancellationToken.None);
        await using var db = server.Open();
        if (!await db.Accounts.AnyAsync(account => account.Sid == Account))
        {
            db.Add(new Account(Account, "12345", "Test", DateTimeOffset.UnixEpoch));
            await db.SaveChangesAsync();
        }

        return server;
    }

    public Task StartAsync()
    {
        isStarted = true;
        // The host starts synchronously.
        return Task.Run(host.StartServer);
    }

    public async Task StopAsync()
    {
        if (!isStarted) return;
        isStarted = false;
        await host.DisposeAsync();
    }

    public MessagingDb Open() => new(database);

    /// <summary>Replays a webhook, as the API of any server on the database does.</summary>
    public Task<bool> ReplayAsync(Sid account, Sid webhook) =>
        new ReplayWebhook(new Databases(database), new(TimeProvider.System, Lifetime))
            .ReplayAsync(account, webhook, CancellationToken.None);

    /// <summary>Enqueues the callbacks of one message, to these URLs in order.</summary>
    public Task<IReadOnlyList<Sid>> EnqueueAsync(params string[] urls) => EnqueueAsync(null, urls);

    /// <summary>Enqueues a callback with a claim of this server, which does not send it.</summary>
    public async Task<Sid> EnqueueClaimedAsync(string url) => (await EnqueueAsync(Node.Id, [url])).Single();

    private async Task<IReadOnlyList<Sid>> EnqueueAsync(Guid? claimedBy, string[] urls)
    {
        var message = sids.New(SidPrefix.TextMessage);
        await using var db = Open();
        List<Sid> webhooks = [];
        foreach (var url in urls)
        {
            var callback = new StatusCallback(Account, message, url,
                [new("MessageSid", message.Value), new("Place", $"{webhooks.Count}")], DateTimeOffset.UnixEpoch)
            {
                Number = webhooks.Count + 1,
            };
            var webhook = new Webhook(callback);
            db.Add(webhook);
            db.Add(new QueuedWebhook
            {
                WebhookSid = webhook.Sid,
                MessageSid = message,
                Endpoint = Webhook.EndpointOf(url),
                ClaimedBy = claimedBy,
            });
            // One at a time: the order of the inserts is the order of delivery.
            await db.SaveChangesAsync();
            webhooks.Add(webhook.Sid);
        }

        return webhooks;
    }

    public async Task<Webhook> LoadAsync(Sid webhook)
    {
        await using var db = Open();
        return await db.Webhooks.AsNoTracking().SingleAsync(w => w.Sid == webhook);
    }

    /// <summary>Waits until a condition is true; the test fails after twenty seconds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string description)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"Not within 20 s: {description}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public Task UntilQueueIsEmptyAsync() => UntilAsync(async () =>
    {
        await using var db = Open();
        return !await db.WebhookQueue.AnyAsync();
    }, "the queue is empty");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await host.DisposeAsync();
    }

    private T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    private sealed class Host(IReadOnlyList<(string Key, string Value)> settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var (key, value) in settings) builder.UseSetting(key, value);
        }
    }

    private sealed class Databases(DbContextOptions<MessagingDb> options) : IDbContextFactory<MessagingDb>
    {
        public MessagingDb CreateDbContext() => new(options);
    }
}
