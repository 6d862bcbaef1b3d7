using MessagingServices.Server.Conversations;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Conversations;

/// <summary>Which inbound messages become part of a conversation, and of which.</summary>
public sealed class InboundConversationTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task A_pair_in_a_conversation_is_taken_until_it_is_closed()
    {
        var (conversation, ann, proxy) = (await server.Api.Conversations.CreateAsync(), Handset.NewAddress(),
            await server.Api.Numbers.CreateNewAsync());
        await server.Api.Conversations.JoinAsync(conversation, ann, proxy).ExpectAsync(201);

        Assert.True(await TakesAsync(server.Inbound(ann, proxy, "Hi")));
        Assert.False(await TakesAsync(server.Inbound(Handset.NewAddress(), proxy, "Hi")));
        Assert.False(await TakesAsync(server.Inbound(ann, await server.Api.Numbers.CreateNewAsync(), "Hi")));
        Assert.False(await TakesAsync(server.Inbound(ann, proxy, "Hi", $"AC{Guid.NewGuid():N}")));
        await server.PostAsync(conversation, ("State", "closed")).ExpectAsync(200);
        Assert.False(await TakesAsync(server.Inbound(ann, proxy, "Hi")));
    }

    [Theory]
    [InlineData("sms", "", "{number}")]
    [InlineData("whatsapp", "whatsapp:", "whatsapp:{number}")]
    [InlineData("rcs", "rcs:", "rcs:agent")]
    public async Task An_address_with_autocreation_takes_all(string type, string prefix, string address)
    {
        address = address.Replace("{number}", NumbersApi.New(), StringComparison.Ordinal);
        var configuration = (await server.PostAsync(ConversationsApi.AddressesPath, ("Type", type),
            ("Address", address)).ExpectAsync(201))["url"]!;
        var inbound = server.Inbound(prefix + Handset.NewAddress(), address, "Hi");

        Assert.False(await TakesAsync(inbound));
        await server.PostAsync(configuration, ("AutoCreation.Enabled", "true")).ExpectAsync(200);
        Assert.True(await TakesAsync(inbound));
        Assert.Equal(204, (await server.DeleteAsync(configuration)).Status);
        Assert.False(await TakesAsync(inbound));
    }

    [Fact]
    public async Task A_messaging_service_that_autocreates_takes_all()
    {
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<MessagingDb>>()
            .CreateDbContextAsync();
        var sid = await server.Api.Services.CreateAsync();
        var service = await db.MessagingServices.AsNoTracking()
            .SingleAsync(found => found.Sid == Domain.Sid.Parse(sid, null));
        var inbound = server.Inbound(Handset.NewAddress(), NumbersApi.New(), "Hi");

        Assert.False(await TakesAsync(inbound, service));
        service.HandleInbound(MessagingServices.Domain.Services.InboundHandling.Conversation);
        Assert.True(await TakesAsync(inbound, service));
    }

    [Fact]
    public async Task The_first_message_begins_a_conversation_and_the_next_ones_join_it()
    {
        var (ann, proxy) = (Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());

        await server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "Hi"));
        await server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "Anybody there?"));

        var conversation = Assert.Single(await server.Api.Conversations.OfAsync(ann));
        Assert.Equal([$"0 {ann}: Hi", $"1 {ann}: Anybody there?"],
            await server.Api.Conversations.MessagesAsync(conversation));
        var participant = Assert.Single((await server.GetAsync($"{conversation}/Participants"))
            .Body!["participants"]!.AsArray());
        Assert.Equal(ann, participant!["messaging_binding"]!["address"]!.ToString());
        Assert.Equal(proxy, participant["messaging_binding"]!["proxy_address"]!.ToString());
        var message = (await server.GetAsync($"{conversation}/Messages")).Body!["messages"]![0]!;
        Assert.Equal(participant["sid"]!.ToString(), message["participant_sid"]!.ToString());
        var shown = await server.GetAsync(conversation).ExpectAsync(200);
        Assert.Equal((ann, "active"), (shown["friendly_name"], shown["state"]));
        await server.Api.Conversations.SayAsync(conversation, "Yes", "clerk").ExpectAsync(201);
        Assert.Equal([$"{proxy}: Yes"], await server.Api.Messages.SentToAsync(ann));
    }

    [Theory]
    [InlineData("whatsapp:+14155550{0}", "whatsapp:+12125550{0}")]
    [InlineData("rcs:agent_in_{0}", "rcs:+12125550{0}")]
    public async Task Other_channels_keep_their_prefixes(string sender, string handset)
    {
        (sender, handset) = (string.Format(null, sender, 923), string.Format(null, handset, 923));
        await server.Api.ChannelSenders.CreateAsync(sender);

        await server.ReceiveInConversationAsync(server.Inbound(handset, sender, "Hi"));

        var conversation = Assert.Single(await server.Api.Conversations.OfAsync(handset));
        Assert.Equal([$"0 {handset}: Hi"], await server.Api.Conversations.MessagesAsync(conversation));
        await server.Api.Conversations.SayAsync(conversation, "Hello").ExpectAsync(201);
        Assert.Equal([$"{sender}: Hello"], await server.Api.Messages.SentToAsync(handset));
    }

    [Fact]
    public async Task After_one_is_closed_the_next_message_begins_another()
    {
        var (ann, proxy) = (Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());
        await server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "First"));
        var first = Assert.Single(await server.Api.Conversations.OfAsync(ann));
        await server.PostAsync(first, ("State", "closed")).ExpectAsync(200);

        await server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "Second"));

        var conversations = await server.Api.Conversations.OfAsync(ann);
        Assert.Equal(2, conversations.Length);
        Assert.Equal([$"0 {ann}: Second"], await server.Api.Conversations.MessagesAsync(conversations[0]));
        Assert.Equal([$"0 {ann}: First"], await server.Api.Conversations.MessagesAsync(first));
    }

    [Fact]
    public async Task A_message_wakes_a_resting_conversation()
    {
        var (ann, proxy) = (Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());
        await server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "First"));
        var conversation = Assert.Single(await server.Api.Conversations.OfAsync(ann));
        await server.PostAsync(conversation, ("State", "inactive")).ExpectAsync(200);

        await server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "Second"));

        Assert.Equal("active", (await server.GetAsync(conversation))["state"]);
    }

    [Fact]
    public async Task The_media_of_an_inbound_message_are_the_conversations()
    {
        var (ann, proxy) = (Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());
        var inbound = server.Inbound(ann, proxy, "");
        await server.ReceiveInConversationAsync(inbound);
        foreach (var (digit, type, size) in new[] { (2, "image/png", 7), (1, "image/jpeg", 5) })
            await Sql.ScalarAsync(server.ConnectionString,
                $"""
                 INSERT INTO media (sid, message_sid, account_sid, content_type, date_created, bytes)
                 VALUES ('ME{inbound.Sid.Value[2..33]}{digit}', '{inbound.Sid}', '{MessagingServer.AccountSid}',
                     '{type}', now(), decode(repeat('00', {size}), 'hex'))
                 """);

        var page = await server.GetAsync($"{Assert.Single(await server.Api.Conversations.OfAsync(ann))}/Messages")
            .ExpectAsync(200);

        var message = Assert.Single(page.Body!["messages"]!.AsArray())!;
        Assert.Null(message["body"]);
        Assert.Equal(
            [
                $$"""{"category":"media","sid":"ME{{inbound.Sid.Value[2..33]}}1","content_type":"image/jpeg","filename":null,"size":5}""",
                $$"""{"category":"media","sid":"ME{{inbound.Sid.Value[2..33]}}2","content_type":"image/png","filename":null,"size":7}""",
            ],
            message["media"]!.AsArray().Select(item => item!.ToJsonString()));
    }

    private async Task<bool> TakesAsync(Message inbound, MessagingService? service = null)
    {
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<MessagingDb>>()
            .CreateDbContextAsync();
        return await InboundConversations.HoldsAsync(db, inbound, CancellationToken.None)
            || await InboundConversations.AutocreatesAsync(db, inbound, service, CancellationToken.None);
    }
}
