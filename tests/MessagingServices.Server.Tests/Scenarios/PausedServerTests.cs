using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>A server is paused for so long that another takes over its claims; then it resumes.</summary>
[Collection(typeof(LoadTests))]
public sealed class PausedServerTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    // After five seconds its claims are taken over by servers that look every second.
    private static readonly TimeSpan TakenOver = TimeSpan.FromSeconds(7);

    [Fact]
    public async Task A_server_that_wakes_up_after_its_claims_were_taken_over_sends_nothing_again()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await using var other = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await PipelinePromises.CountHandOversAsync(database.ConnectionString);
        var load = await MessageLoad.StartAsync(receiver.Url, one, other);

        await load.UntilAcceptedAsync(500);
        await one.PauseAsync();
        await Task.Delay(TakenOver);
        await one.ResumeAsync();
        await load.UntilAcceptedAsync(200);
        await load.StopAsync();

        await PipelinePromises.CheckAsync("SIGSTOP of one of two servers for 7 s", database.ConnectionString,
            load.Accepted, receiver);
    }
}
