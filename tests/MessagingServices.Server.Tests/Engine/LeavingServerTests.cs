using MessagingServices.Server.Engine;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace MessagingServices.Server.Tests.Engine;

/// <summary>A server that stops in order leaves nothing behind but messages for the others.</summary>
public sealed class LeavingServerTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData(false, null)]
    [InlineData(true, true)]
    public async Task It_stays_known_as_one_that_has_left_while_messages_are_its_own(bool hasMessage, object? hasLeft)
    {
        var node = new NodeId(Guid.NewGuid());
        await using var source = DataSources.Create(database.ConnectionString);
        var claims = New(source, node);
        await claims.RecordHeartbeatAsync(TestContext.Current.CancellationToken);
        if (hasMessage) await Sql.ScalarAsync(database.ConnectionString,
            $"INSERT INTO owned_messages (message_sid, owner) VALUES ('{Sid.Create("SM", 1)}', '{node.Id}')");

        await claims.LeaveAsync(TestContext.Current.CancellationToken);

        Assert.Equal(hasLeft, await Sql.ScalarAsync(
            database.ConnectionString, $"SELECT has_left FROM server_processes WHERE id = '{node.Id}'"));
    }

    private static ReclaimExpiredClaims New(NpgsqlDataSource source, NodeId node)
    {
        ClockStates clocks = new();
        EmulatorClock clock = new(TimeProvider.System, new(), clocks, new());
        return new(
            source, node, new(node, new(), new(), clock, clocks), TimeProvider.System,
            NullLogger<ReclaimExpiredClaims>.Instance);
    }
}
