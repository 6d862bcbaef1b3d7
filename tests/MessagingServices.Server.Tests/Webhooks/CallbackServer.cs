using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Inbound;
using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Telemetry;
using MessagingServices.Server.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>A server that does nothing but post the status callbacks of a database.</summary>
internal sealed class CallbackServer : IAsyncDisposable
{
    public static readonly Sid Account = Sid.Create(SidPrefix.Account, 1);

    private readonly IHost host;
    private readonly SidSource sids = new(TimeProvider.System);

    private CallbackServer(IHost host) => this.host = host;

    public NodeId Process => host.Services.GetRequiredService<NodeId>();

    public ReplayWebhook Replay => host.Services.GetRequiredService<ReplayWebhook>();

    public WebhookDispatcher Dispatcher => host.Services.GetRequiredService<WebhookDispatcher>();

    public WebhookResultWriter Writer => host.Services.GetRequiredService<WebhookResultWriter>();

    public static async Task<CallbackServer> CreateAsync(string database, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Services.AddSingleton(NpgsqlDataSource.Create(database));
        builder.Services.AddDbContextFactory<MessagingDb>((services, options) =>
            options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new NodeId(Guid.NewGuid()));
        builder.Services.AddSingleton<PipelineSignals>();
        builder.Services.AddSingleton<AccountCache>();
        builder.Services.AddSingleton(new PipelineOptions());
        builder.Services.AddSingleton<ReclaimExpiredClaims>();
        builder.Services.AddSingleton<PipelineStage>(services => services.GetRequiredService<ReclaimExpiredClaims>());
        builder.Services.AddHostedService<PipelineLoop>();
        // What webhooks of inbound messages need, none of which are made here.
        builder.Services.AddSingleton(new SidSource(TimeProvider.System));
        builder.Services.AddSingleton(new ClockOptions());
        builder.Services.AddSingleton<EmulatorClock>();
        builder.Services.AddSingleton<MessageTransactions>();
        builder.AddInbound();
        builder.AddTelemetry();
        builder.AddOutgoingHttp();
        builder.AddWebhooks();
        var server = new CallbackServer(builder.Build());
        await using var db = await server.OpenAsync();
        await db.Database.MigrateAsync();
        if (!await db.Accounts.AnyAsync())
        {
            db.Add(new Account(Account, "12345", "Test", DateTimeOffset.UnixEpoch));
            await db.SaveChangesAsync();
        }

        return server;
    }

    public Task StartAsync() => host.StartAsync();

    public Task StopAsync() => host.StopAsync();

    public Task LeaveAsync() => host.Services.GetRequiredService<ReclaimExpiredClaims>().LeaveAsync(CancellationToken.None);

    public Task<MessagingDb> OpenAsync() => host.Services.GetRequiredService<IDbContextFactory<MessagingDb>>().CreateDbContextAsync();

    /// <summary>Owes the callbacks of one message, to the given URLs in this order.</summary>
    public async Task<IReadOnlyList<Sid>> OweAsync(params string[] urls)
    {
        var message = sids.New(SidPrefix.TextMessage);
        await using var db = await OpenAsync();
        List<Sid> owed = [];
        foreach (var url in urls)
        {
            var webhook = new Webhook(sids.New(SidPrefix.Webhook), SidSource.NewToken(), new StatusCallback(
                Account, message, url, [new("MessageSid", message.Value), new("Place", $"{owed.Count}")], DateTimeOffset.UnixEpoch));
            db.Add(webhook);
            db.Add(new QueuedWebhook { WebhookSid = webhook.Sid, MessageSid = message, Endpoint = Webhook.EndpointOf(url) });
            // One by one: the order of inserting is the order of becoming due.
            await db.SaveChangesAsync();
            owed.Add(webhook.Sid);
        }

        return owed;
    }

    public async Task<Webhook> LoadAsync(Sid webhook)
    {
        await using var db = await OpenAsync();
        return await db.Webhooks.AsNoTracking().SingleAsync(w => w.Sid == webhook);
    }

    /// <summary>Waits until a state is reached; the test fails after twenty seconds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> reached, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await reached())
        {
            Assert.False(limit.IsCancellationRequested, $"Not within 20 s: {what}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public Task UntilQueueIsEmptyAsync() => UntilAsync(async () =>
    {
        await using var db = await OpenAsync();
        return !await db.WebhookQueue.AnyAsync();
    }, "the queue is empty");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await LeaveAsync();
        host.Dispose();
    }
}
