using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Emulator;

/// <summary>A reset of messages removes conversations; one of everything address configurations too.</summary>
public sealed class ConversationResetTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task Conversations_go_with_messages_and_configurations_with_everything()
    {
        var (conversation, ann, number) = (await server.Api.Conversations.CreateAsync(), Handset.NewAddress(),
            NumbersApi.New());
        await server.Api.Numbers.CreateAsync(number);
        await server.Api.Conversations.JoinAsync(conversation, ann, number).ExpectAsync(201);
        await server.Api.Conversations.SayAsync(conversation, "Hi").ExpectAsync(201);
        var address = (await server.PostAsync(ConversationsApi.AddressesPath, ("Type", "sms"),
            ("Address", number)).ExpectAsync(201))["url"]!;

        Assert.Equal(204, (await server.PostAsync("/emulator/v1/Reset")).Status);

        await server.GetAsync(conversation).ExpectErrorAsync(404, 20404);
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            "SELECT (SELECT count(*) FROM conversation_participants) + (SELECT count(*) FROM conversation_messages) "
                + "+ (SELECT count(*) FROM conversation_deliveries)"));
        await server.GetAsync(address).ExpectAsync(200);
        await server.Api.Conversations.JoinAsync(await server.Api.Conversations.CreateAsync(), ann,
            number).ExpectAsync(201);

        Assert.Equal(204, (await server.PostAsync("/emulator/v1/Reset", ("Scope", "all"))).Status);

        await server.GetAsync(address).ExpectErrorAsync(404, 20404);
    }
}
