using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;
using Microsoft.Extensions.Hosting;

namespace MessagingServices.Server.Tests.Engine;

public sealed class StoppedServerTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    /// <summary>
    /// Two callers may stop a host at the same time, such as a test and a signal. Then the first one disposes the
    /// services while the second one still stops them.
    /// </summary>
    [Fact]
    public async Task A_server_may_be_stopped_again_after_it_is_disposed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server =
            await CallbackServer.CreateAsync(database.ConnectionString, ("Pipeline:Stages", "all"));
        await server.StartAsync();
        var services = server.HostedServices;

        await server.StopAsync();

        Assert.NotEmpty(services);
        foreach (var service in services)
        {
            if (service is IHostedLifecycleService lifecycle) await lifecycle.StoppingAsync(cancellation);
            await service.StopAsync(cancellation);
        }
    }
}
