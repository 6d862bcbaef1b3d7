using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Events;

/// <summary>What happens in an account arrives in its event streams.</summary>
public sealed class EventStreamTests(MessagingServer server) : IClassFixture<MessagingServer>, IAsyncLifetime
{
    private TestAccount account = null!;

    public async ValueTask InitializeAsync() => account = await TestAccount.CreateAsync(server.Http);

    public ValueTask DisposeAsync()
    {
        account.Http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_message_is_created_and_then_updated_until_it_is_delivered()
    {
        var number = await account.Api.Numbers.CreateNewAsync();
        await using var stream = await EventStream.OpenAsync(account.Http);

        var sid = await account.Api.Messages.SendAsync(
            ("To", NumbersApi.New()), ("From", number), ("Body", "Hi \n 👋"));

        var created = await stream.ExpectAsync("message.created", found => found["sid"] == sid);
        Assert.Equal((account.Sid, number, "Hi \n 👋", "outbound-api", "0"),
            (created["account_sid"], created["from"], created["body"], created["direction"], created["num_media"]));
        var delivered = await DeliveredAsync(stream, sid);
        var resource = await account.Api.GetAsync(MessagesApi.PathOf(sid));
        foreach (var name in delivered.Data.Names()) Assert.Equal(resource[name], delivered[name]);
        var all = stream.Events.ToList();
        Assert.True(all.IndexOf(created) < all.IndexOf(delivered), stream.Describe());
    }

    [Fact]
    public async Task A_deleted_message_and_a_redacted_one_have_their_events()
    {
        var number = await account.Api.Numbers.CreateNewAsync();
        await using var stream = await EventStream.OpenAsync(account.Http);
        var sid = await account.Api.Messages.SendAsync(("To", NumbersApi.New()), ("From", number), ("Body", "Hi"));
        await DeliveredAsync(stream, sid);

        await account.Api.UpdateAsync(MessagesApi.PathOf(sid), ("Body", ""));
        await stream.ExpectAsync("message.updated", found => found["sid"] == sid && found["body"] == "");
        await account.Api.DeleteAsync(MessagesApi.PathOf(sid)).ExpectAsync(204);

        await stream.ExpectAsync("message.deleted", found => found["sid"] == sid);
    }

    [Fact]
    public async Task A_message_that_discards_its_content_shows_none_of_it_at_its_end()
    {
        var number = await account.Api.Numbers.CreateNewAsync();
        await using var stream = await EventStream.OpenAsync(account.Http);

        var sid = await account.Api.Messages.SendAsync(
            ("To", NumbersApi.New()), ("From", number), ("Body", "secret"), ("ContentRetention", "discard"),
            ("AddressRetention", "obfuscate"));

        var delivered = await DeliveredAsync(stream, sid);
        Assert.Equal("", delivered["body"]);
        Assert.EndsWith("XXXX", delivered["to"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_callbacks_and_inbound_webhooks_have_events_with_their_outcome()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await account.Api.Numbers.CreateNewAsync(("SmsUrl", app.AnswerStatus("/inbound", 500)));
        await using var stream = await EventStream.OpenAsync(account.Http, "Types=webhook.updated");

        var sid = await account.Api.Messages.SendAsync(("To", NumbersApi.New()), ("From", number), ("Body", "Hi"),
            ("StatusCallback", app.AnswerStatus("/status", 204)));
        var received = await account.Api.PostAsync("/emulator/v1/InboundMessages",
            ("From", Handset.NewAddress()), ("To", number), ("Body", "Yes")).ExpectAsync(201);

        var delivered = await stream.ExpectAsync("webhook.updated", found => found["message_sid"] == sid
            && found["outcome"] == "delivered");
        Assert.Equal(("status_callback", "204"), (delivered["kind"], delivered["status_code"]));
        var failed = await stream.ExpectAsync("webhook.updated", found => found["message_sid"] == received["sid"]
            && found["outcome"] == "failed");
        Assert.True(
            (failed["kind"], failed["status_code"], failed["account_sid"]) == ("inbound", "500", account.Sid),
            stream.Describe());
        await account.Api.PostAsync($"{TestApi.WebhooksPath}/{failed["sid"]}/Replay").ExpectAsync(202);
        await Eventually.TrueAsync(
            () => stream.Events.Count(found => found["sid"] == failed["sid"] && found["outcome"] == "failed") > 1,
            stream.Describe);
    }

    [Fact]
    public async Task Conversations_opt_outs_rules_and_the_clock_have_events()
    {
        var service = await account.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var number = await account.Api.Numbers.CreateNewAsync();
        var handset = Handset.NewAddress();
        await using var stream = await EventStream.OpenAsync(account.Http);

        var path = await account.Api.Conversations.CreateAsync(("FriendlyName", "Talk"));
        var conversation = path.Split('/')[^1];
        await stream.ExpectAsync("conversation.updated",
            found => found["sid"] == conversation && found["friendly_name"] == "Talk" && found["state"] == "active");
        await account.Api.DeleteAsync(path).ExpectAsync(204);
        await stream.ExpectAsync(
            "conversation.updated", found => found["sid"] == conversation && found["deleted"] == "true");

        await account.Api.PostAsync("/emulator/v1/InboundMessages",
            ("From", handset), ("To", number), ("Body", "STOP")).ExpectAsync(201);
        await stream.ExpectAsync("opt_out.updated", found => found["to"] == handset && found["from"] == number
            && found["opted_out"] == "true");
        await account.Api.DeleteAsync(OptOutsApi.PathOf(handset)).ExpectAsync(204);
        await stream.ExpectAsync("opt_out.updated", found => found["to"] == handset && found["opted_out"] == "false");
        await account.Api.OptOuts.ConsentAsync(handset, service);
        await stream.ExpectAsync("opt_out.updated", found => found["messaging_service_sid"] == service);

        var rule = await account.Api.CreateAsync("/emulator/v1/CarrierRules", ("To", handset), ("Outcome", "sent"));
        await stream.ExpectAsync("rule.updated", found => found["sid"] == rule && found["outcome"] == "sent");
        await account.Api.DeleteAsync($"/emulator/v1/CarrierRules/{rule}").ExpectAsync(204);
        await stream.ExpectAsync("rule.updated", found => found["sid"] == rule && found["deleted"] == "true");

        await account.Api.Clock.ChangeAsync(("Frozen", "true"));
        await stream.ExpectAsync("clock.updated", found => found["frozen"] == "true");
        Assert.DoesNotContain(stream.Events, found => found.Type == "resync");
    }

    [Fact]
    public async Task Changes_of_an_account_are_told_to_it_and_to_its_parent_and_a_reset_to_it()
    {
        await using var parent = await EventStream.OpenAsync(server.Http);
        await using var own = await EventStream.OpenAsync(account.Http);
        var path = $"/2010-04-01/Accounts/{account.Sid}.json";

        await account.Api.UpdateAsync(path, ("FriendlyName", "Renamed"));
        foreach (var stream in new[] { parent, own })
        {
            var updated = await stream.ExpectAsync("account.updated", found => found["friendly_name"] == "Renamed");
            Assert.Equal((account.Sid, "active"), (updated["sid"], updated["status"]));
            Assert.DoesNotContain(account.AuthToken, updated.Data.ToJsonString(), StringComparison.Ordinal);
        }

        await account.Api.PostAsync(TestApi.ResetPath, ("Scope", "messages")).ExpectAsync(204);
        await own.ExpectAsync("reset", found => found["scope"] == "messages");
        await account.Api.ResetAsync();
        await own.ExpectAsync("reset", found => found["scope"] == "all");
        await server.Api.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}").ExpectAsync(204);
        await parent.ExpectAsync("account.updated", found => found["sid"] == account.Sid && found["deleted"] == "true");
        Assert.DoesNotContain(parent.Events, found => found.Type == "reset");
    }

    [Fact]
    public async Task A_client_gets_only_the_types_and_the_messaging_service_that_it_asks_for()
    {
        var one = await account.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var other = await account.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        await using var all = await EventStream.OpenAsync(account.Http);
        await using var ofService = await EventStream.OpenAsync(account.Http, $"MessagingServiceSid={one}");
        await using var created = await EventStream.OpenAsync(account.Http, "Types=message.created,resync, reset");

        var first = await account.Api.Messages.SendAndFinishAsync(one, NumbersApi.New());
        var second = await account.Api.Messages.SendAndFinishAsync(other, NumbersApi.New());
        await account.Api.PostAsync(TestApi.ResetPath).ExpectAsync(204);

        foreach (var stream in new[] { all, ofService, created }) await stream.ExpectAsync("reset");
        await DeliveredAsync(all, first["sid"]!);
        await DeliveredAsync(all, second["sid"]!);
        await DeliveredAsync(ofService, first["sid"]!);
        Assert.DoesNotContain(ofService.Events, found => found["sid"] == second["sid"]);
        Assert.Equal([first["sid"], second["sid"]],
            created.Events.Where(found => found.Type != "reset").Select(found => found["sid"]));
        Assert.All(created.Events, found => Assert.True(found.Type is "message.created" or "reset", found.Type));
    }

    [Fact]
    public async Task A_parent_listens_to_its_subaccount_and_to_nobody_elses_account()
    {
        await using var stream = await EventStream.OpenAsync(server.Http, $"AccountSid={account.Sid}");
        var rule = await account.Api.CreateAsync("/emulator/v1/CarrierRules", ("Outcome", "sent"));
        await stream.ExpectAsync("rule.updated", found => found["sid"] == rule);

        var other = await TestAccount.CreateAsync(server.Http);
        using var client = server.Client(account.Sid, account.AuthToken);
        foreach (var sid in new[] { other.Sid, MessagingServer.AccountSid, "AC0000000000000000000000000000ffff" })
            await client.Api.GetAsync($"{EventStream.Path}?AccountSid={sid}").ExpectErrorAsync(404, 20404);
    }

    [Theory]
    [InlineData("Types=message.sent")]
    [InlineData("Types=message.created,")]
    [InlineData("MessagingServiceSid=x")]
    [InlineData("AccountSid=x")]
    public async Task A_parameter_that_cannot_be_read_is_refused(string query)
    {
        if (query.EndsWith(',')) await (await EventStream.OpenAsync(account.Http, query)).DisposeAsync();
        else await account.Api.GetAsync($"{EventStream.Path}?{query}").ExpectErrorAsync(400, 20001);
    }

    [Fact]
    public async Task A_stream_never_asks_a_browser_for_a_password()
    {
        using var stranger = server.Client(account.Sid, "wrong");
        using var anonymous = server.Client();

        foreach (var client in new[] { stranger, anonymous })
        {
            var refused = await client.Api.GetAsync(EventStream.Path).ExpectErrorAsync(401, 20003);
            Assert.Empty(refused.Response.Headers.WwwAuthenticate);
        }
    }

    [Fact]
    public async Task The_response_has_the_headers_of_a_stream_and_says_when_to_come_back()
    {
        account.Http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");

        await using var stream = await EventStream.OpenAsync(account.Http);

        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache, no-transform", stream.Response.Headers.NonValidated["Cache-Control"].ToString());
        Assert.Equal(["no"], stream.Response.Headers.GetValues("X-Accel-Buffering"));
        Assert.Empty(stream.Response.Content.Headers.ContentEncoding);
        await Eventually.TrueAsync(
            () => stream.OtherLines.Contains("retry: 1000"), () => string.Join('\n', stream.OtherLines));
    }

    [Fact]
    public async Task A_client_that_comes_back_goes_on_where_it_was()
    {
        var number = await account.Api.Numbers.CreateNewAsync();
        string id;
        await using (var first = await EventStream.OpenAsync(account.Http))
        {
            await DeliveredAsync(first, await SendAsync(number));
            id = first.LastId!;
        }

        var missed = await SendAsync(number);
        await account.Api.Messages.UntilAsync(missed, "delivered");
        await using var byQuery = await EventStream.OpenAsync(account.Http, $"LastEventId={id}");
        account.Http.DefaultRequestHeaders.Add("Last-Event-ID", id);
        await using var byHeader = await EventStream.OpenAsync(account.Http, "LastEventId=unknown");

        foreach (var stream in new[] { byQuery, byHeader })
        {
            await stream.ExpectAsync("message.created", found => found["sid"] == missed);
            await DeliveredAsync(stream, missed);
            Assert.All(stream.Events, found => Assert.Equal(missed, found["sid"]));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef-7")]
    [InlineData("x")]
    public async Task A_client_with_an_id_of_another_server_gets_one_resync(string id)
    {
        await using var stream = await EventStream.OpenAsync(account.Http, $"LastEventId={id}&Types=rule.updated");
        var rule = await account.Api.CreateAsync("/emulator/v1/CarrierRules", ("Outcome", "sent"));
        await stream.ExpectAsync("rule.updated", found => found["sid"] == rule);

        Assert.Equal(id.Length == 0 ? 0 : 1, stream.Events.Count(found => found.Type == "resync"));
    }

    private Task<string> SendAsync(string from) =>
        account.Api.Messages.SendAsync(("To", NumbersApi.New()), ("From", from), ("Body", "Hi"));

    private static Task<StreamedEvent> DeliveredAsync(EventStream stream, string sid) => stream.ExpectAsync(
        "message.updated", found => found["sid"] == sid && found["status"] == "delivered");
}
