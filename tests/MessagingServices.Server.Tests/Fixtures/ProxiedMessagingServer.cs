namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// A server that reaches its database through a <see cref="PostgresProxy"/>; tests reach it directly.
/// </summary>
public sealed class ProxiedMessagingServer(PostgresServer postgres) : MessagingServer(postgres)
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
    }
}
