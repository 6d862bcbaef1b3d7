namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// A server that reaches its database through a <see cref="PostgresProxy"/>; tests reach it directly.
/// </summary>
public class ProxiedMessagingServer(PostgresServer postgres) : MessagingServer(postgres)
{
    private PostgresProxy? proxy;

    /// <summary>The proxy between server and database.</summary>
    public PostgresProxy Proxy => proxy ??= new(ConnectionString);

    // Long enough apart that the two reports on a message are two commits.
    protected override IEnumerable<KeyValuePair<string, string>> Settings =>
        [new("ConnectionStrings:Postgres", Proxy.ConnectionString), new("Carrier:DeliveredDelayMs", "1000")];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await PipelinePromises.CountHandOversAsync(ConnectionString);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Proxy.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Such a server that keeps no messages in its memory: they go through the queues in the database.</summary>
public sealed class ProxiedQueueServer(PostgresServer postgres) : ProxiedMessagingServer(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> Settings =>
        [.. base.Settings, new("Pipeline:MaxMessagesInMemory", "0")];
}

/// <summary>Such a server that only delivers webhooks: it claims those that other servers have committed.</summary>
public sealed class ProxiedDeliveryServer(PostgresServer postgres) : ProxiedMessagingServer(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> Settings =>
        [.. base.Settings, new("Pipeline:Stages", "DeliverWebhooks")];
}
