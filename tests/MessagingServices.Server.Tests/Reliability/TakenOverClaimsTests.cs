using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Reliability;

/// <summary>
/// The worst moment for a server to stand still: it has claimed messages and has not yet handed them to the carrier. Another does so
/// meanwhile; the first goes on and believes that they are still its own.
/// </summary>
public sealed class TakenOverClaimsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int Messages = 20;

    [Fact]
    public async Task Messages_that_another_server_handed_over_meanwhile_are_not_taken_by_the_carrier_again()
    {
        await using var proxy = new PostgresProxy(database.ConnectionString);
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var one = await ServerUnderTest.StartAsync(proxy.ConnectionString, [.. Fast.Carrier, "--Pipeline:Stages", "HandToCarrier"]);
        await PipelinePromises.CountHandOversAsync(database.ConnectionString);
        var service = await Calls.CreateServiceAsync(one.Http, receiver.Url, "+14155550171", "+14155550172");

        await using var other = await ServerUnderTest.StartAsync(database.ConnectionString, [.. Fast.Carrier, "--Pipeline:Stages", "SelectSenders"]);

        var claimed = proxy.AtCommitOf("SET claimed_by = $1 WHERE message_sid", CommitCut.HangsAfterItHappened);
        var accepted = await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => Calls.SendAsync(other.Http,
            ("To", $"+1415558{i:0000}"), ("MessagingServiceSid", service), ("Body", $"Message {i}"))));
        await claimed.WaitAsync(TimeSpan.FromMinutes(1));
        await using var third = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        foreach (var sid in accepted) await Calls.UntilStatusAsync(third.Http, sid, "delivered");

        var submitted = proxy.AtCommitOf("INSERT INTO carrier_deliveries", CommitCut.Nothing);
        proxy.Resume();
        await submitted.WaitAsync(TimeSpan.FromMinutes(1));

        await PipelinePromises.CheckAsync("claims taken over from a server that stood still", database.ConnectionString, accepted, receiver);
    }
}
