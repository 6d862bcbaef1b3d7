using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Provisioning;

/// <summary>Messages that wait for their send slot when their account is suspended fail.</summary>
public sealed class SuspendedThroughputTests(SuspendedThroughputTests.Slow server)
    : IClassFixture<SuspendedThroughputTests.Slow>
{
    [Fact]
    public async Task Messages_in_the_queue_of_a_sender_fail_at_that_moment()
    {
        using var account = await Subaccount.CreateAsync(server.Api, (sid, token) => server.Client(sid, token));
        List<string> sent = [];
        for (var i = 0; i < 5; i++) sent.Add(await account.SendAsync("+14155552671"));
        await account.UntilAsync(sent[^1], "queued");

        await account.SetStatusAsync("suspended");
        await account.UntilAsync(sent[^1], "failed");
        await account.SetStatusAsync("active");

        Assert.Equal("30002", (await account.Api.GetAsync(
            account.MessagesPath.Replace(".json", $"/{sent[^1]}.json", StringComparison.Ordinal)))["error_code"]);
    }

    /// <summary>One segment a second, on a frozen clock.</summary>
    public sealed class Slow(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [new("Throughput:Simulate", "true"), new("Clock:Frozen", "true")];
    }
}
