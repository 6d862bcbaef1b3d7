using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Conversations;

/// <summary>Participants that cannot join a conversation, and the error.</summary>
public sealed class ParticipantErrorTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("hello", "{proxy}", 50407)]
    [InlineData("messenger:123", "{proxy}", 50407)]
    [InlineData("12345", "{proxy}", 50407)]
    [InlineData("", "{proxy}", 50407)]
    [InlineData("+12125550100", "call me", 50408)]
    [InlineData("+12125550100", "Acme", 50408)]
    [InlineData("+12125550100", "", 50408)]
    [InlineData("{proxy}", "{proxy}", 50409)]
    [InlineData("+12125550100", "+12125550101", 50413)]
    [InlineData("whatsapp:+12125550100", "whatsapp:+12125550101", 50413)]
    [InlineData("whatsapp:+12125550100", "{proxy}", 50414)]
    [InlineData("rcs:+12125550100", "{proxy}", 50414)]
    public async Task A_pair_of_addresses_must_be_one(string address, string proxy, int code)
    {
        var (conversation, number) = (await server.Api.Conversations.CreateAsync(),
            await server.Api.Numbers.CreateNewAsync());

        await server.Api.Conversations.JoinAsync(conversation,
            address.Replace("{proxy}", number, StringComparison.Ordinal),
            proxy.Replace("{proxy}", number, StringComparison.Ordinal))
            .ExpectErrorAsync(400, code);

        Assert.Empty((await server.GetAsync($"{conversation}/Participants").ExpectAsync(200))
            .Body!["participants"]!.AsArray());
    }

    [Fact]
    public async Task The_sender_must_be_the_accounts()
    {
        using var other = await server.OtherAccountAsync();
        var number = NumbersApi.New();
        await other.Api.RequestAsync(HttpMethod.Post,
            $"/2010-04-01/Accounts/{OtherAccount.SidOf(other)}/IncomingPhoneNumbers.json",
            ("PhoneNumber", number)).ExpectAsync(201);

        await server.Api.Conversations.JoinAsync(await server.Api.Conversations.CreateAsync(), Handset.NewAddress(),
            number).ExpectErrorAsync(400, 50413);
    }

    [Fact]
    public async Task A_pair_is_in_one_conversation_until_that_is_closed_or_the_participant_leaves()
    {
        var (handset, proxy) = (Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());
        var (first, second, third) = (await server.Api.Conversations.CreateAsync(),
            await server.Api.Conversations.CreateAsync(), await server.Api.Conversations.CreateAsync());
        await server.Api.Conversations.JoinAsync(first, handset, proxy).ExpectAsync(201);

        var refused = await server.Api.Conversations.JoinAsync(second, handset, proxy).ExpectErrorAsync(409, 50416);
        Assert.Equal($"A binding for this participant and proxy address already exists in Conversation {first[^34..]}",
            refused["message"]);
        await server.Api.Conversations.JoinAsync(first, handset, proxy).ExpectErrorAsync(409, 50416);
        // As it may be written, it is the same.
        await server.Api.Conversations.JoinAsync(second, handset[1..], proxy).ExpectErrorAsync(409, 50416);

        await server.PostAsync(first, ("State", "inactive")).ExpectAsync(200);
        await server.Api.Conversations.JoinAsync(second, handset, proxy).ExpectErrorAsync(409, 50416);
        await server.PostAsync(first, ("State", "closed")).ExpectAsync(200);
        var participant = await server.Api.Conversations.JoinAsync(second, handset, proxy).ExpectAsync(201);
        Assert.Equal(204, (await server.DeleteAsync(participant["url"]!)).Status);
        await server.Api.Conversations.JoinAsync(third, handset, proxy).ExpectAsync(201);
        Assert.Equal(204, (await server.DeleteAsync(third)).Status);
        await server.Api.Conversations.JoinAsync(second, handset, proxy).ExpectAsync(201);
    }

    [Fact]
    public async Task Another_account_can_have_the_same_handset()
    {
        using var other = await server.OtherAccountAsync();
        var handset = Handset.NewAddress();
        await server.Api.Conversations.JoinAsync(await server.Api.Conversations.CreateAsync(), handset,
            await server.Api.Numbers.CreateNewAsync()).ExpectAsync(201);
        var number = NumbersApi.New();
        await other.Api.RequestAsync(HttpMethod.Post,
            $"/2010-04-01/Accounts/{OtherAccount.SidOf(other)}/IncomingPhoneNumbers.json",
            ("PhoneNumber", number)).ExpectAsync(201);
        var conversation = (await other.Api.RequestAsync(HttpMethod.Post,
            ConversationsApi.Path).ExpectAsync(201))["url"]!;

        await other.Api.RequestAsync(HttpMethod.Post, $"{conversation}/Participants",
            ("MessagingBinding.Address", handset), ("MessagingBinding.ProxyAddress", number))
            .ExpectAsync(201);
    }

    [Fact]
    public async Task An_identity_is_in_a_conversation_once()
    {
        var conversation = await server.Api.Conversations.CreateAsync();
        await server.PostAsync($"{conversation}/Participants", ("Identity", "ann")).ExpectAsync(201);
        var bob = (await server.PostAsync($"{conversation}/Participants",
            ("Identity", "bob")).ExpectAsync(201))["url"]!;

        await server.PostAsync($"{conversation}/Participants", ("Identity", "ann")).ExpectErrorAsync(409, 50433);
        await server.PostAsync(bob, ("Identity", "ann")).ExpectErrorAsync(409, 50433);
        Assert.Equal("bob", (await server.GetAsync(bob))["identity"]);
    }

    [Fact]
    public async Task A_conversation_holds_50_handsets()
    {
        var (conversation, proxy) = (await server.Api.Conversations.CreateAsync(),
            await server.Api.Numbers.CreateNewAsync());
        for (var i = 0; i < 50; i++)
            await server.Api.Conversations.JoinAsync(conversation, Handset.NewAddress(), proxy).ExpectAsync(201);

        await server.Api.Conversations.JoinAsync(conversation, Handset.NewAddress(), proxy).ExpectErrorAsync(400,
            50417);
        await server.PostAsync($"{conversation}/Participants", ("Identity", "ann")).ExpectAsync(201);
    }

    [Fact]
    public async Task A_participant_has_an_identity_or_addresses()
    {
        var (conversation, proxy) = (await server.Api.Conversations.CreateAsync(),
            await server.Api.Numbers.CreateNewAsync());

        await server.PostAsync($"{conversation}/Participants").ExpectErrorAsync(400, 20001);
        await server.PostAsync($"{conversation}/Participants", ("Identity", "")).ExpectErrorAsync(400, 20001);
        await server.PostAsync($"{conversation}/Participants", ("Identity", "ann"),
            ("MessagingBinding.Address", Handset.NewAddress()), ("MessagingBinding.ProxyAddress", proxy))
            .ExpectErrorAsync(400, 20001);
        await server.PostAsync($"{conversation}/Participants", ("Identity", new string('x', 257))).ExpectErrorAsync(400,
            20001);
        await server.PostAsync($"{conversation}/Participants", ("Identity", "ann"),
            ("Attributes", "no")).ExpectErrorAsync(400, 20001);
        await server.PostAsync($"{conversation}/Participants", ("Identity", "ann"),
            ("RoleSid", "RL1")).ExpectErrorAsync(400, 20001);
    }
}
