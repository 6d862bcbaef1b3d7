using MessagingServices.Server.Data.EmbeddedPostgres;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// A PostgreSQL that waits for a standby which is gone. A failover may lose what the standby does not have, so nothing
/// of it is confirmed. PostgreSQL itself reports success when such a wait is canceled.
/// </summary>
public sealed class SynchronousStandbyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "3000")]
    [InlineData(";Command Timeout=2", "5000")]
    public async Task Without_the_standby_no_write_is_confirmed(string setting, string requestTimeout)
    {
        await using var cluster = await EmbeddedCluster.StartAsync(
            new EmbeddedPostgresOptions { DataDirectory = folder.Path }, NullLogger.Instance, TimeProvider.System,
            CancellationToken.None);
        await using var server = await ServerUnderTest.StartAsync(
            cluster.ConnectionString + setting, [.. Fast.Carrier, "--Database:RequestTimeoutMs", requestTimeout]);
        var sender = NumbersApi.New();
        var service = await server.Api.Services.CreateWithPoolAsync(sender);
        var accepted = await server.Api.Messages.SendAsync(("To", NumbersApi.New()), ("From", sender), ("Body", "Hi"));
        await server.Api.Messages.UntilAsync(accepted, "delivered");

        await SetStandbyAsync(cluster, "gone");
        await Eventually.TrueAsync(
            async () => (await server.Api.PostAsync("/v1/Services", ("FriendlyName", "New"))).Status == 503,
            () => server.Output);
        await ExpectUnavailableAsync(server.Api.PostAsync($"/v1/Services/{service}", ("FriendlyName", "Changed")));
        await ExpectUnavailableAsync(server.Api.DeleteAsync(MessagesApi.PathOf(accepted)));
        await ExpectUnavailableAsync(PostMessageAsync());
        await ExpectUnavailableAsync(server.Api.PostAsync("/emulator/v1/InboundMessages",
            ("From", NumbersApi.New()), ("To", sender), ("Body", "Hi")));
        Assert.Equal(200, (await server.Api.GetAsync($"/v1/Services/{service}")).Status);

        await SetStandbyAsync(cluster, "");
        var sent = await Eventually.ValueAsync(PostMessageAsync, answer => answer.Status == 201, answer => answer.Text);
        await server.Api.Messages.UntilAsync(sent["sid"]!, "delivered");

        Task<ApiResponse> PostMessageAsync() => server.Api.PostAsync(
            MessagesApi.Path, ("To", NumbersApi.New()), ("MessagingServiceSid", service), ("Body", "Hi"));
    }

    private static async Task ExpectUnavailableAsync(Task<ApiResponse> pending)
    {
        var answer = await pending.ExpectErrorAsync(503, 20503);
        Assert.NotNull(answer.Response.Headers.RetryAfter?.Delta);
    }

    private static async Task SetStandbyAsync(EmbeddedCluster cluster, string name)
    {
        await Sql.ScalarAsync(cluster.ConnectionString, $"ALTER SYSTEM SET synchronous_standby_names = '{name}'");
        await Sql.ScalarAsync(cluster.ConnectionString, "SELECT pg_reload_conf()");
    }
}
