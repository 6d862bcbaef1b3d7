using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Conversations;

/// <summary>
/// Many callers at once, on whatever server: every message has its index, every pair one conversation.
/// </summary>
public sealed class ConversationConcurrencyTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task Indexes_count_up_without_gaps_and_without_doubles()
    {
        var conversation = await server.Api.Conversations.CreateAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0,
            40).Select(i => server.Api.Conversations.SayAsync(conversation, $"No. {i}")));

        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (long)i),
            answers.Select(answer => (long)answer.Body!["index"]!).Order());
    }

    [Fact]
    public async Task Messages_of_one_new_pair_begin_one_conversation()
    {
        for (var round = 0; round < 5; round++)
        {
            var (ann, proxy) = (Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());

            await Task.WhenAll(Enumerable.Range(0,
                6).Select(i =>
                    Task.Run(() => server.ReceiveInConversationAsync(server.Inbound(ann, proxy, $"No. {i}")))));

            var conversation = Assert.Single(await server.Api.Conversations.OfAsync(ann));
            var said = await server.Api.Conversations.MessagesAsync(conversation);
            Assert.Equal(Enumerable.Range(0, 6).Select(i => $"{i}"), said.Select(line => line.Split(' ')[0]));
            Assert.Equal(6, said.Select(line => line.Split(": ")[1]).Distinct().Count());
        }
    }

    [Fact]
    public async Task Of_many_that_add_one_pair_to_many_conversations_one_succeeds()
    {
        for (var round = 0; round < 5; round++)
        {
            var (ann, proxy) = (Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());
            var conversations = await Task.WhenAll(Enumerable.Range(0,
                6).Select(_ => server.Api.Conversations.CreateAsync()));

            var answers =
                await Task.WhenAll(conversations.Select(conversation => server.Api.Conversations.JoinAsync(conversation,
                    ann, proxy)));

            Assert.Single(answers, answer => answer.Status == 201);
            Assert.Equal(5, answers.Count(answer => answer.Status == 409 && answer["code"] == "50416"));
        }
    }

    [Fact]
    public async Task A_pair_that_joins_by_call_and_by_message_at_once_is_in_one_conversation()
    {
        for (var round = 0; round < 10; round++)
        {
            var (ann, proxy) = (Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());
            var conversation = await server.Api.Conversations.CreateAsync();

            var joined = server.Api.Conversations.JoinAsync(conversation, ann, proxy);
            await Task.WhenAll(joined,
                Task.Run(() => server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "Hi"))));

            var taken = Assert.Single(await server.Api.Conversations.OfAsync(ann));
            Assert.Equal((await joined).Status == 201, taken == conversation);
            Assert.Equal([$"0 {ann}: Hi"], await server.Api.Conversations.MessagesAsync(taken));
        }
    }

    [Fact]
    public async Task A_message_that_comes_while_its_conversation_is_closed_or_deleted_is_not_lost()
    {
        for (var round = 0; round < 10; round++)
        {
            var (ann, proxy) = (Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());
            await server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "First"));
            var first = Assert.Single(await server.Api.Conversations.OfAsync(ann));

            await Task.WhenAll(
                round % 2 == 0
                    ? server.PostAsync(first, ("State", "closed")).ExpectAsync(200)
                    : server.DeleteAsync(first).ExpectAsync(204),
                Task.Run(() => server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "Second"))));

            var said = new List<string>();
            foreach (var conversation in await server.Api.Conversations.OfAsync(ann))
                said.AddRange(await server.Api.Conversations.MessagesAsync(conversation));
            // One that was deleted took what was said in it along.
            if (round % 2 == 0) Assert.Contains(said, line => line.EndsWith(": Second", StringComparison.Ordinal));
            else Assert.DoesNotContain(said, line => line.EndsWith(": First", StringComparison.Ordinal));
            Assert.True(await IsFreeOrOnceAsync(ann));
        }
    }

    private async Task<bool> IsFreeOrOnceAsync(string handset) =>
        (long)(await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM conversation_participants WHERE holds_pair AND address = '{handset}'"))! <= 1;
}
