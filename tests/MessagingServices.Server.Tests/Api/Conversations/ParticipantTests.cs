using MessagingServices.Server.Api.Conversations;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Conversations;

/// <summary>Participants as a resource: every field, bindings, lists, what is refused.</summary>
public sealed class ParticipantTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Role = "RL00000000000000000000000000000001";

    private static readonly Field[] Both =
    [
        new("Identity", "anna/ż", "identity", "\"anna/ż\""),
        new("Attributes", """{"role": "driver"}""", "attributes", "\"{\\\"role\\\": \\\"driver\\\"}\""),
        new("RoleSid", Role, "role_sid", $"\"{Role}\""),
    ];

    private static readonly Field[] Updated =
    [
        .. Both,
        new("LastReadMessageIndex", "7", "last_read_message_index", "7"),
        new("LastReadTimestamp", "2026-01-02T03:04:05Z", "last_read_timestamp", "\"2026-01-02T03:04:05Z\""),
    ];

    public static TheoryData<Field> Fields => [.. Both];

    public static TheoryData<Field> UpdatedFields => [.. Updated];

    [Fact]
    public void Every_parameter_is_in_the_table()
    {
        Field.AssertCovers(
            typeof(CreateParticipantForm), Both, "MessagingBinding.Address", "MessagingBinding.ProxyAddress",
            "DateCreated", "DateUpdated");
        Field.AssertCovers(
            typeof(UpdateParticipantForm), Updated, "MessagingBinding.ProxyAddress", "DateCreated",
            "DateUpdated");
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken_when_a_participant_joins(Field field)
    {
        var conversation = await server.Api.Conversations.CreateAsync();

        var created = await server.PostAsync($"{conversation}/Participants",
            [.. field.Name == "Identity" ? [] : new[] { ("Identity", "ann") }, (field.Name, field.Sent)])
            .ExpectAsync(201);

        field.AssertShownIn(created);
        field.AssertShownIn(await server.GetAsync(created["url"]!).ExpectAsync(200));
    }

    [Theory]
    [MemberData(nameof(UpdatedFields))]
    public async Task A_field_is_taken_on_update(Field field)
    {
        var url = (await server.PostAsync($"{await server.Api.Conversations.CreateAsync()}/Participants",
            ("Identity", "ann")).ExpectAsync(201))["url"]!;

        field.AssertShownIn(await server.PostAsync(url, (field.Name, field.Sent)).ExpectAsync(200));
        field.AssertShownIn(await server.GetAsync(url).ExpectAsync(200));
    }

    [Fact]
    public async Task A_handset_joins_with_twilios_members()
    {
        var (conversation, handset, proxy) = (await server.Api.Conversations.CreateAsync(), Handset.NewAddress(),
            await server.Api.Numbers.CreateNewAsync());

        var participant = await server.Api.Conversations.JoinAsync(conversation, handset, proxy).ExpectAsync(201);

        Assert.Matches("^MB[0-9a-f]{32}$", participant["sid"]);
        var expected = new Dictionary<string, string>
        {
            ["account_sid"] = $"\"{MessagingServer.AccountSid}\"",
            ["conversation_sid"] = $"\"{conversation[^34..]}\"",
            ["sid"] = $"\"{participant["sid"]}\"",
            ["identity"] = "null",
            ["attributes"] = "\"{}\"",
            ["messaging_binding"] = $$"""{"type": "sms", "address": "{{handset}}", "proxy_address": "{{proxy}}"}""",
            ["role_sid"] = $"\"RL{MessagingServer.AccountSid[2..]}\"",
            ["date_created"] = $"\"{participant["date_created"]}\"",
            ["date_updated"] = $"\"{participant["date_created"]}\"",
            ["url"] = $"\"{server.Url}{conversation}/Participants/{participant["sid"]}\"",
            ["last_read_message_index"] = "null",
            ["last_read_timestamp"] = "null",
        };
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal),
            participant.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.All(expected, member => Field.AssertMember(participant, member.Key, member.Value));
    }

    [Theory]
    [InlineData("whatsapp:+14155550{0}", "whatsapp:+12125550{0}", "whatsapp")]
    [InlineData("rcs:agent_of_{0}", "rcs:+12125550{0}", "rcs")]
    public async Task A_handset_joins_on_other_channels(string sender, string address, string type)
    {
        (sender, address) = (string.Format(null, sender, 917), string.Format(null, address, 917));
        await server.Api.ChannelSenders.CreateAsync(sender);
        var conversation = await server.Api.Conversations.CreateAsync();

        var participant = await server.Api.Conversations.JoinAsync(conversation, address, sender).ExpectAsync(201);

        Field.AssertMember(participant, "messaging_binding",
            $$"""{"type": "{{type}}", "address": "{{address}}", "proxy_address": "{{sender}}"}""");
    }

    [Fact]
    public async Task Participants_are_listed_in_the_order_in_which_they_joined_and_found_by_identity()
    {
        var conversation = await server.Api.Conversations.CreateAsync();
        foreach (var name in new[] { "ann", "bob", "eve" })
            await server.PostAsync($"{conversation}/Participants", ("Identity", name)).ExpectAsync(201);

        var first = await server.GetAsync($"{conversation}/Participants?PageSize=2").ExpectAsync(200);
        var second = await server.GetAsync(first.Body!["meta"]!["next_page_url"]!.ToString()).ExpectAsync(200);
        var back = await server.GetAsync(second.Body!["meta"]!["previous_page_url"]!.ToString()).ExpectAsync(200);

        Assert.Equal(["ann", "bob"], Names(first));
        Assert.Equal(["eve"], Names(second));
        Assert.Equal(["ann", "bob"], Names(back));
        Assert.Null(second.Body["meta"]!["next_page_url"]);
        var bob = await server.GetAsync($"{conversation}/Participants/bob").ExpectAsync(200);
        Assert.Equal(204, (await server.DeleteAsync(bob["url"]!)).Status);
        Assert.Equal(["ann", "eve"], Names(await server.GetAsync($"{conversation}/Participants").ExpectAsync(200)));
        await server.GetAsync($"{conversation}/Participants/bob").ExpectErrorAsync(404, 50432);
        await server.PostAsync(bob["url"]!, ("Attributes", "{}")).ExpectErrorAsync(404, 50432);
        await server.DeleteAsync(bob["url"]!).ExpectErrorAsync(404, 50432);

        static IEnumerable<string> Names(ApiResponse page) =>
            page.Body!["participants"]!.AsArray().Select(participant => participant!["identity"]!.ToString());
    }

    [Fact]
    public async Task A_participant_is_found_in_all_conversations()
    {
        var (handset, proxies) = (Handset.NewAddress(),
            new[] { await server.Api.Numbers.CreateNewAsync(), await server.Api.Numbers.CreateNewAsync() });
        var (first, second) = (await server.Api.Conversations.CreateAsync(),
            await server.Api.Conversations.CreateAsync(("FriendlyName", "Second")));
        await server.Api.Conversations.JoinAsync(first, handset, proxies[0]).ExpectAsync(201);
        await server.Api.Conversations.JoinAsync(second, handset, proxies[1]).ExpectAsync(201);
        await server.PostAsync($"{second}/Participants", ("Identity", "look-up")).ExpectAsync(201);

        Assert.Equal([second, first], await server.Api.Conversations.OfAsync(handset));
        var found = (await server.GetAsync("/v1/ParticipantConversations?Identity=look-up").ExpectAsync(200))
            .Body!["conversations"]!.AsArray();
        Assert.Equal("Second", Assert.Single(found)!["conversation_friendly_name"]!.ToString());
        await server.GetAsync("/v1/ParticipantConversations").ExpectErrorAsync(400, 20001);
        using var other = await server.OtherAccountAsync();
        Assert.Empty((await other.Api.RequestAsync(HttpMethod.Get,
            $"/v1/ParticipantConversations?Address={Uri.EscapeDataString(handset)}").ExpectAsync(200))
            .Body!["conversations"]!.AsArray());
    }

    [Fact]
    public async Task The_sender_that_a_handset_sees_cannot_be_changed()
    {
        var (conversation, handset, proxy, other) = (await server.Api.Conversations.CreateAsync(), Handset.NewAddress(),
            await server.Api.Numbers.CreateNewAsync(), await server.Api.Numbers.CreateNewAsync());
        var url = (await server.Api.Conversations.JoinAsync(conversation, handset, proxy).ExpectAsync(201))["url"]!;

        await server.PostAsync(url, ("MessagingBinding.ProxyAddress", other), ("Attributes", """{"a":1}"""))
            .ExpectErrorAsync(400, 50441);
        await server.PostAsync(url, ("MessagingBinding.ProxyAddress", proxy)).ExpectAsync(200);

        var participant = await server.GetAsync(url);
        Assert.Equal(proxy, participant.Body!["messaging_binding"]!["proxy_address"]!.ToString());
        Assert.Equal("{}", participant["attributes"]);
    }
}
