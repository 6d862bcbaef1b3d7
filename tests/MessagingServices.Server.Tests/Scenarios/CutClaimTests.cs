using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// A server delivers the callbacks that another server has committed. Its connection is cut in the middle of the commit
/// of a claim.
/// </summary>
public sealed class CutClaimTests(ProxiedDeliveryServer server) : IClassFixture<ProxiedDeliveryServer>
{
    private const int Messages = 20;

    [Theory]
    [InlineData(CommitCut.BeforeItArrives)]
    [InlineData(CommitCut.AfterItHappened)]
    public async Task Every_callback_is_sent_once_though_the_commit_of_its_claim_was_cut(CommitCut cut)
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await server.Api.ResetAsync();
        await Sql.ScalarAsync(server.ConnectionString, "TRUNCATE hand_overs");
        await using var moving = await ServerUnderTest.StartAsync(server.ConnectionString,
            [.. Fast.Carrier, "--Pipeline:Stages", "SelectSenders,HandToCarrier,ApplyCarrierReports"]);
        var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550171", "+14155550172");

        var happened = server.Proxy.AtCommitOf("SELECT * FROM webhooks WHERE sid = claimed.sid", cut);
        var accepted = await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => moving.Api.Messages.SendAsync(
            ("To", $"+1415558{i:0000}"), ("MessagingServiceSid", service), ("Body", $"Message {i}"))));
        await happened.WaitAsync(TimeSpan.FromMinutes(1));

        var (stored, repeated) = await PipelinePromises.CheckAsync(
            $"commit of a claim cut, {cut}", server.ConnectionString, accepted, receiver);
        Assert.Equal((Messages, 0), (stored, repeated));
    }
}
