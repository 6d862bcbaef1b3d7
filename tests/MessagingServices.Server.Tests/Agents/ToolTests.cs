using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Agents;

/// <summary>Each tool does for an agent what the API does for other clients.</summary>
public sealed class ToolTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Phone = "+14155550190";

    [Fact]
    public async Task Get_connection_returns_credentials_and_the_environment_of_a_language()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;

        var connection = await agent.CallAsync("get_connection", ("language", "python"));

        Assert.Equal(server.Url, connection["url"]!.ToString());
        var credentials = connection["credentials"]!;
        Assert.Equal((account.Sid, account.AuthToken),
            (credentials["account_sid"]!.ToString(), credentials["auth_token"]!.ToString()));
        var printed = await account.Api.GetAsync("/emulator/v1/Environment?Language=python&Format=json");
        Assert.True(JsonNode.DeepEquals(printed.Body, connection["environment"]), connection.ToJsonString());
        Assert.Contains("TWILIO_AUTH_TOKEN", connection["environment"].Names());
        await agent.FailAsync(400, 20001, "get_connection", ("language", "cobol"));
    }

    [Fact]
    public async Task Create_account_makes_an_account_with_its_seed()
    {
        await using var agent = await AgentClient.ConnectAsync(server.Http);
        var (number, name) = (NumbersApi.New(), $"Shop {Guid.NewGuid():N}"[..30]);

        var made = await agent.CallAsync("create_account", ("name", name), ("seed", new
        {
            phone_numbers = new[] { new { PhoneNumber = number } },
            messaging_services = new[] { new { FriendlyName = "Shop", senders = new[] { number } } },
        }));

        using var client = server.Client(made["sid"]!.ToString(), made["token"]!.ToString());
        var service = made["seeded"]!["messaging_services"]![0]!["sid"]!.ToString();
        await client.Api.GetAsync($"/v1/Services/{service}").ExpectAsync(200);
        await using var own = await AgentClient.ConnectAsync(client);
        Assert.Empty((await own.CallAsync("search_messages"))["messages"]!.AsArray());
        Assert.Equal(name, made["name"]!.ToString());
    }

    [Theory]
    [InlineData("""{"phone_numbers": [{"Number": "+14155550100"}]}""", "phone_numbers[0].Number")]
    [InlineData("""{"messaging_services": [{"FriendlyName": "S", "senders": ["+14155550100"]}]}""", "senders")]
    [InlineData("{", "line 1")]
    public async Task A_wrong_seed_makes_no_account(string seed, string place)
    {
        await using var agent = await AgentClient.ConnectAsync(server.Http);
        var name = $"No {Guid.NewGuid():N}"[..30];

        var error = await agent.FailAsync(400, 20001, "create_account", ("name", name), ("seed", seed));

        Assert.Contains(place, error["message"]!.ToString(), StringComparison.Ordinal);
        var accounts = await server.GetAsync($"/2010-04-01/Accounts.json?FriendlyName={name}").ExpectAsync(200);
        Assert.Empty(accounts.Body!["accounts"]!.AsArray());
    }

    [Fact]
    public async Task An_agent_sends_as_a_person_and_waits_for_the_reply()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        await using var app = await InboundApp.StartAsync();
        var number = await account.Api.Numbers.CreateNewAsync(
            ("SmsUrl", app.AnswerTwiml("/sms", "<Message>Your code is 482 913</Message>")));

        var sent = await agent.CallAsync(
            "send_from_handset", ("from", Phone), ("to", number), ("body", "Sign me in"));
        var got = await agent.CallAsync(
            "wait_for_message", ("to", Phone), ("containing", "code"), ("status", "delivered"), ("timeout", 60));

        Assert.Equal(("received", "Sign me in"),
            (sent["message"]!["status"]!.ToString(), sent["message"]!["body"]!.ToString()));
        Assert.Equal((number, "Your code is 482 913", "482913"),
            (got["message"]!["from"]!.ToString(), got["message"]!["body"]!.ToString(), got["code"]!.ToString()));
        Assert.Equal((await account.Api.GetAsync(MessagesApi.PathOf(got["message"]!["sid"]!.ToString()))).Body.Names(),
            got["message"].Names());
    }

    [Fact]
    public async Task When_no_message_comes_the_error_names_what_came_instead()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        var number = await account.Api.Numbers.CreateNewAsync();

        var nothing = await agent.FailAsync(404, 20404, "wait_for_message", ("to", Phone), ("timeout", 0));
        var sid = await account.Api.Messages.SendAsync(("From", number), ("To", Phone), ("Body", "Good morning"));
        await account.Api.Messages.UntilAsync(sid, "delivered");
        var other = await agent.FailAsync(
            404, 20404, "wait_for_message", ("to", Phone), ("containing", "code"), ("timeout", 0));
        Assert.Null((await agent.CallAsync("wait_for_message", ("to", Phone)))["code"]);

        Assert.Contains($"no message to {Phone}", nothing["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            $"{sid} is delivered: \"Good morning\"", other["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_finds_messages_as_the_console_does()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        var number = await account.Api.Numbers.CreateNewAsync();
        var first = await account.Api.Messages.SendAsync(("From", number), ("To", Phone), ("Body", "Blue sky"));
        await account.Api.Messages.SendAsync(("From", number), ("To", Phone), ("Body", "Red earth"));

        var found = await agent.CallAsync("search_messages", ("query", $"to:{Phone} blue"));

        var listed = Assert.Single(found["messages"]!.AsArray())!;
        Assert.Equal(first, listed["sid"]!.ToString());
        Assert.Equal(
            ["sid", "date_created", "direction", "from", "to", "body", "num_media", "status", "error_code",
                "messaging_service_sid"], listed.Names());
        Assert.True((bool)found["complete"]!);
        Assert.Equal(2, (await agent.CallAsync("search_messages"))["messages"]!.AsArray().Count);
        await agent.FailAsync(400, 20001, "search_messages", ("query", new string('a', 3_000)));
    }

    [Fact]
    public async Task Search_goes_on_with_the_next_page()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        await agent.CallAsync("move_clock", ("freeze", true));
        var number = await account.Api.Numbers.CreateNewAsync();
        var sent = await Task.WhenAll(Enumerable.Range(0, 45).Select(text =>
            account.Api.Messages.SendAsync(("From", number), ("To", Phone), ("Body", $"{text}"))));

        List<JsonNode> pages = [await agent.CallAsync("search_messages", ("query", $"to:{Phone}"))];
        while (pages.Count < 4 && pages[^1]["next_page"] is { } next)
            pages.Add(await agent.CallAsync("search_messages", ("query", $"to:{Phone}"), ("page", next.ToString())));

        Assert.Equal([(20, false), (20, false), (5, true)], pages.Select(page =>
            (page["messages"]!.AsArray().Count, (bool)page["complete"]!)));
        Assert.Equal(sent.Order(), pages.SelectMany(page => page["messages"]!.AsArray())
            .Select(message => message!["sid"]!.ToString()).Order());
        foreach (var page in (string[])["1", "PB" + sent[0] + "1", "PA" + sent[0]])
            await agent.FailAsync(400, 20001, "search_messages", ("page", page));
    }

    [Fact]
    public async Task Errors_name_the_parameters_of_the_tool()
    {
        var (_, agent) = await server.NewAgentAsync();
        await using var client = agent;

        (string Tool, string Parameter, object Value, string Message)[] wrong =
        [
            ("wait_for_message", "timeout", "x", "timeout: invalid literal for int() with base 10: 'x'"),
            ("wait_for_message", "timeout", "Timeout", "timeout: invalid literal for int() with base 10: 'Timeout'"),
            ("wait_for_message", "status", "x", "status 'x' is no status of a message"),
            ("move_clock", "freeze", "x", "freeze must be true or false, not 'x'"),
            ("move_clock", "advance", "P9000Y", "advance leads beyond"),
            ("search_messages", "query", string.Join(' ', Enumerable.Repeat("x", 30)), "query has more than"),
            ("get_connection", "language", "cobol", "language "),
        ];
        foreach (var (tool, parameter, value, message) in wrong)
        {
            var error = await agent.FailAsync(400, 20001, tool, (parameter, value));
            Assert.StartsWith(message, error["message"]!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Explain_says_why_a_message_failed_and_what_its_webhook_met()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        await using var app = await InboundApp.StartAsync();
        var service = await account.Api.Services.CreateWithPoolAsync("12321/US");
        var sid = await account.Api.Messages.SendAsync(
            ("MessagingServiceSid", service), ("To", "+447700900123"), ("Body", "Hi “you”"),
            ("StatusCallback", app.AnswerStatus("/status", 403)));
        await account.Api.Messages.UntilAsync(sid, "failed");
        await account.Api.Messages.WebhooksAsync(sid);

        var told = await agent.CallAsync("explain_message", ("sid", sid));

        Assert.Equal("21703", told["message"]!["error_code"]!.ToString());
        Assert.Equal(["accepted", "failed"],
            told["statuses"]!.AsArray().Select(step => step!["status"]!.ToString()));
        Assert.Contains(told["sender_selection"]!["steps"]!.AsArray(),
            step => step!["rule"]!.ToString() == "ShortCodeCountry");
        var webhook = told["webhooks"]![0]!;
        Assert.Equal("failed", webhook["outcome"]!.ToString());
        // Headers and the like would fill the context of a model.
        Assert.Equal(["sid", "kind", "method", "url", "parameters", "signature", "outcome", "fault", "attempts"],
            webhook.Names());
        Assert.NotEmpty(told["segments"]!["segments"]!.AsArray());
        var advice = told["advice"]!.AsArray().Select(line => line!.ToString()).ToList();
        Assert.Contains(advice, line => line.StartsWith("Error 21703", StringComparison.Ordinal));
        Assert.Contains(advice, line => line.Contains("/status failed", StringComparison.Ordinal)
            && line.Contains("signature", StringComparison.Ordinal));
        await agent.FailAsync(400, 20001, "explain_message", ("sid", "SM1"));
    }

    [Fact]
    public async Task Explain_names_the_rule_that_drops_or_delays_a_webhook()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        await using var app = await InboundApp.StartAsync();
        var number = await account.Api.Numbers.CreateNewAsync();
        var drop = await agent.CallAsync("set_fault", ("family", "webhook"), ("effect", new { Drop = true }));
        var dropped = await SendAsync();
        await account.Api.Messages.WebhooksAsync(dropped);
        await agent.CallAsync("set_fault", ("delete", drop["created"]!.ToString()));
        var delay = await agent.CallAsync("set_fault", ("family", "webhook"), ("effect", new { DelayMs = 3_600_000 }));
        var delayed = await SendAsync();

        Assert.Contains($"was dropped by the webhook rule {drop["created"]}", await AdviceAsync(dropped),
            StringComparison.Ordinal);
        await Eventually.TrueAsync(
            async () => (await AdviceAsync(delayed)).Contains(
                $"waits, because of the webhook rule {delay["created"]}", StringComparison.Ordinal),
            () => "The advice does not name the rule.");
        var received = await agent.CallAsync(
            "send_from_handset", ("from", Phone), ("to", number), ("body", "Nobody is told"));
        Assert.Contains("It has no webhook", await AdviceAsync(received["message"]!["sid"]!.ToString()),
            StringComparison.Ordinal);

        Task<string> SendAsync() => account.Api.Messages.SendAsync(
            ("From", number), ("To", Phone), ("Body", "Hi"), ("StatusCallback", app.AnswerStatus("/status", 204)));

        async Task<string> AdviceAsync(string sid) =>
            string.Join('\n', (await agent.CallAsync("explain_message", ("sid", sid)))["advice"]!.AsArray());
    }

    [Fact]
    public async Task Check_signature_finds_the_reason()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        const string url = "https://example.com/sms";
        var signature = RequestSignature.Compute(
            account.AuthToken, url, new Dictionary<string, string> { ["Body"] = "a+b", ["From"] = Phone });

        var right = await agent.CallAsync(
            "check_signature", ("url", url), ("signature", signature),
            ("parameters", new { Body = "a+b", From = Phone }));
        var wrong = await agent.CallAsync(
            "check_signature", ("url", "http://example.com/sms"), ("signature", signature),
            ("parameters", $"From=%2B{Phone[1..]}&Body=a%2Bb"));

        Assert.True((bool)right["valid"]!, right.ToJsonString());
        Assert.False((bool)wrong["valid"]!);
        Assert.Contains("https", Assert.Single(wrong["findings"]!.AsArray())!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_clock_goes_to_what_is_due()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        var service = await account.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var frozen = await agent.CallAsync("move_clock", ("freeze", true));
        var sendAt = ClockApi.Parse(frozen["now"]!.ToString()).AddHours(1);
        var sid = await account.Api.Messages.SendAsync(
            ("MessagingServiceSid", service), ("To", Phone), ("Body", "Later"), ("ScheduleType", "fixed"),
            ("SendAt", ClockApi.Iso(sendAt)));

        var waiting = await agent.CallAsync("explain_message", ("sid", sid));
        var due = Assert.Single((await agent.CallAsync("move_clock"))["due"]!.AsArray())!;
        var moved = await agent.CallAsync("move_clock", ("next", true));
        var later = await agent.CallAsync("move_clock", ("advance", "P1D"), ("freeze", false));

        Assert.Contains(waiting["advice"]!.AsArray(),
            line => line!.ToString().Contains("frozen", StringComparison.Ordinal));
        Assert.Equal(("scheduled_message", sid), (due["kind"]!.ToString(), due["sid"]!.ToString()));
        Assert.Equal(due["date"]!.ToString(), moved["now"]!.ToString());
        Assert.True((bool)moved["frozen"]! && !(bool)later["frozen"]!);
        await account.Api.Messages.UntilAsync(sid, "delivered");
        await agent.FailAsync(400, 20001, "move_clock", ("advance", "PT1H"), ("next", true));
        await agent.FailAsync(400, 20001, "move_clock", ("advance", "tomorrow"));
    }
}
