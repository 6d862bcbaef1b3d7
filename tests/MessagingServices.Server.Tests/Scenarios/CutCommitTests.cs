using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// A connection is cut in the middle of a commit, of which the server then cannot know whether it happened: nothing is
/// done twice and nothing is lost either way, at each of the commits that a message goes through.
/// </summary>
public sealed class CutCommitTests(ProxiedMessagingServer server) : IClassFixture<ProxiedMessagingServer>
{
    private const int Messages = 20;

    /// <summary>Each commit on a message's way, by a statement that only it contains.</summary>
    public static TheoryData<string, string, CommitCut> Commits
    {
        get
        {
            var data = new TheoryData<string, string, CommitCut>();
            foreach (var cut in new[] { CommitCut.BeforeItArrives, CommitCut.AfterItHappened })
            {
                data.Add("accepted", "INSERT INTO messages", cut);
                data.Add("sender selected and handed over", "INSERT INTO sender_selections", cut);
                data.Add("sent", "UPDATE carrier_deliveries", cut);
                data.Add("delivered", "DELETE FROM carrier_deliveries", cut);
                data.Add("callbacks recorded", "UPDATE webhooks SET signature", cut);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Commits))]
    public async Task Every_message_is_stored_sent_and_called_back_once_though_a_commit_was_cut(
        string commit, string statement, CommitCut cut)
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await StartAnewAsync(receiver);

        var happened = server.Proxy.AtCommitOf(statement, cut);
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
        var service = await StartAnewAsync(receiver);

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

    private async Task<string> StartAnewAsync(CallbackReceiver receiver)
    {
        await server.Api.ResetAsync();
        await Sql.ScalarAsync(server.ConnectionString, "TRUNCATE hand_overs");
        return await server.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550171", "+14155550172");
    }
}
