using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// A connection is cut in the middle of a commit, of which the server then cannot know whether it happened: nothing is
/// done twice and nothing is lost either way, at each of the commits that a message goes through.
/// </summary>
public sealed class CutCommitTests(ProxiedMessagingServer server, ProxiedQueueServer queueServer)
    : IClassFixture<ProxiedMessagingServer>, IClassFixture<ProxiedQueueServer>
{
    private const int Messages = 20;

    /// <summary>Each commit on a message's way, by a statement that it contains and one that it does not.</summary>
    private static readonly (string Commit, string Statement, string? Without)[] FromMemory =
    [
        ("accepted", "INSERT INTO messages", null),
        ("sender selected and handed over", "INSERT INTO sender_selections", null),
        ("reported", "UPDATE messages", "INSERT INTO sender_selections"),
        ("callbacks recorded", "INSERT INTO webhooks", null),
    ];

    private static readonly (string Commit, string Statement, string? Without)[] ThroughQueues =
    [
        ("accepted", "INSERT INTO messages", null),
        ("sender selected and handed over", "INSERT INTO sender_selections", null),
        ("sent", "UPDATE carrier_deliveries", null),
        ("delivered", "DELETE FROM carrier_deliveries", null),
        ("callbacks recorded", "UPDATE webhooks SET signature", null),
    ];

    public static TheoryData<string, string, string?, CommitCut> CommitsFromMemory => Of(FromMemory);

    public static TheoryData<string, string, string?, CommitCut> CommitsThroughQueues => Of(ThroughQueues);

    [Theory]
    [MemberData(nameof(CommitsFromMemory))]
    public Task Every_message_is_stored_sent_and_called_back_once_though_a_commit_was_cut(
        string commit, string statement, string? without, CommitCut cut) =>
        CheckAsync(server, commit, statement, without, cut);

    [Theory]
    [MemberData(nameof(CommitsThroughQueues))]
    public Task So_is_every_message_that_goes_through_the_queues(
        string commit, string statement, string? without, CommitCut cut) =>
        CheckAsync(queueServer, commit, statement, without, cut);

    private static async Task CheckAsync(
        ProxiedMessagingServer server, string commit, string statement, string? without, CommitCut cut)
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await StartAnewAsync(server, receiver);

        var happened = server.Proxy.AtCommitOf(statement, cut, without);
        var accepted = await Task.WhenAll(Enumerable.Range(0,
            Messages).Select(i =>
                server.Api.Messages.SendAsync(("To", $"+1415558{i:0000}"), ("MessagingServiceSid", service),
                    ("Body", $"Message {i}"))));
        await happened.WaitAsync(TimeSpan.FromMinutes(1));

        var (stored, repeated) = await PipelinePromises.CheckAsync($"commit of \"{commit}\" cut, {cut}",
            server.ConnectionString, accepted, receiver);
        Assert.Equal((Messages, 0), (stored, repeated));
    }

    [Fact]
    public async Task A_message_whose_commit_never_arrived_is_not_answered_201_and_not_there_later()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await StartAnewAsync(server, receiver);

        var happened = server.Proxy.AtCommitOf("INSERT INTO messages", CommitCut.BeforeItArrives);
        var answering = server.PostAsync(MessagesApi.Path, ("To", "+14155580000"), ("MessagingServiceSid", service),
            ("Body", "Lost"));
        await happened.WaitAsync(TimeSpan.FromMinutes(1));
        server.Proxy.ToApiError();
        var answer = await answering;
        server.Proxy.Accept();

        Assert.Equal((503, "20503"), (answer.Status, answer["code"]));
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString, "SELECT count(*) FROM messages"));
        var next = await server.Api.Messages.SendAsync(("To", "+14155580001"), ("MessagingServiceSid", service),
            ("Body", "Next"));
        await PipelinePromises.CheckAsync("connections refused after a commit that did not arrive",
            server.ConnectionString, [next], receiver);
    }

    private static async Task<string> StartAnewAsync(ProxiedMessagingServer server, CallbackReceiver receiver)
    {
        await server.Api.ResetAsync();
        await Sql.ScalarAsync(server.ConnectionString, "TRUNCATE hand_overs");
        return await server.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550171", "+14155550172");
    }

    private static TheoryData<string, string, string?, CommitCut> Of(
        (string Commit, string Statement, string? Without)[] commits)
    {
        var data = new TheoryData<string, string, string?, CommitCut>();
        foreach (var cut in new[] { CommitCut.BeforeItArrives, CommitCut.AfterItHappened })
            foreach (var (commit, statement, without) in commits) data.Add(commit, statement, without, cut);
        return data;
    }
}
