using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Two servers share a PostgreSQL and one is killed under load: the other does all the work.</summary>
[Collection(typeof(LoadTests))]
public sealed class KilledServerTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task When_one_of_two_servers_is_killed_the_other_finishes_what_it_had_begun()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await using var other = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await PipelinePromises.CountHandOversAsync(database.ConnectionString);
        var load = await MessageLoad.StartAsync(receiver.Url, one, other);

        await load.UntilAcceptedAsync(500);
        await one.KillAsync();
        await load.UntilAcceptedAsync(500);
        await load.StopAsync();

        await PipelinePromises.CheckAsync("kill -9 of one of two servers", database.ConnectionString, load.Accepted,
            receiver);
    }
}
