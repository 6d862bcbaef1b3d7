using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>What webhook rules do with status callbacks.</summary>
public sealed class WebhookRuleEffectsTests(MessagingServer server)
    : WebhookRuleTest(server), IClassFixture<MessagingServer>
{
    private static readonly string[] Statuses = ["queued", "sent", "delivered"];

    [Fact]
    public async Task A_dropped_callback_never_comes_and_its_message_stays_sent_for_the_receiver()
    {
        var rule = await Rules.CreateAsync(("Drop", "true"), ("Status", "delivered"));

        var webhooks = await DeliverAsync();

        Assert.Equal(["queued", "sent"], Received());
        Assert.Equal(["queued delivered 1", "sent delivered 1", "delivered dropped 0 drop"],
            WebhookRulesApi.Describe(webhooks));
        Assert.Equal(rule, webhooks[2]["fault"]!["rule_sid"]!.ToString());
        var listed = await Account.Api.GetAsync($"{TestApi.WebhooksPath}?Outcome=dropped").ExpectAsync(200);
        Assert.Equal(rule, listed.Body!["webhooks"]![0]!["fault"]!["rule_sid"]!.ToString());
    }

    [Fact]
    public async Task A_doubled_callback_comes_twice_with_one_token_before_the_next_one()
    {
        await Rules.CreateAsync(("Duplicate", "true"), ("Status", "sent"));

        var webhooks = await DeliverAsync();

        Assert.Equal(["queued", "sent", "sent", "delivered"], Received());
        Assert.Equal(3, Receiver.Received.Select(callback => callback.Token).Distinct().Count());
        Assert.Equal(["queued delivered 1", "sent delivered 2 duplicate", "delivered delivered 1"],
            WebhookRulesApi.Describe(webhooks));
        Assert.Equal(["false", "true"],
            webhooks[1]["attempts"]!.AsArray().Select(attempt => attempt!["duplicate"]!.ToString()));
    }

    [Fact]
    public async Task A_callback_that_was_given_up_is_not_doubled_and_the_second_response_changes_nothing()
    {
        await using var app = await InboundApp.StartAsync();
        var times = 0;
        var url = app.Respond("/twice", (request, context) =>
        {
            context.Response.StatusCode = request["MessageStatus"] switch
            {
                "queued" => 500,
                "sent" when Interlocked.Increment(ref times) > 1 => 500,
                _ => 204,
            };
            return Task.CompletedTask;
        });
        await Rules.CreateAsync(("Duplicate", "true"), ("Url", app.Url + "/tw*"));

        var webhooks = await DeliverAsync(("StatusCallback", url + "#rc=3&rp=5xx"));

        Assert.Equal(
            ["queued failed 4 duplicate", "sent delivered 2 duplicate", "delivered delivered 2 duplicate"],
            WebhookRulesApi.Describe(webhooks));
    }

    [Fact]
    public async Task A_reordered_callback_comes_when_a_later_one_was_answered_and_the_last_status_is_wrong()
    {
        await Rules.CreateAsync(("Reorder", "true"), ("HoldMs", WebhookRulesApi.Forever));

        var webhooks = await DeliverAsync();

        Assert.Equal(["delivered", "queued", "sent"], Received());
        Assert.Equal(["queued delivered 1 reorder", "sent delivered 1 reorder", "delivered delivered 1"],
            WebhookRulesApi.Describe(webhooks));
    }

    [Fact]
    public async Task A_reordered_callback_comes_before_the_next_one_that_is_not_answered_yet()
    {
        await Rules.CreateAsync(("Reorder", "true"), ("Status", "queued"), ("HoldMs", WebhookRulesApi.Forever));

        await DeliverAsync();

        Assert.Equal(["sent", "queued", "delivered"], Received());
    }

    [Fact]
    public async Task A_callback_that_is_dropped_or_given_up_lets_the_held_ones_go()
    {
        await using var app = await InboundApp.StartAsync();
        app.AnswerStatus("/gone", 404);
        await Rules.CreateAsync(("Reorder", "true"), ("Status", "queued"), ("HoldMs", WebhookRulesApi.Forever));
        await Rules.CreateAsync(("Drop", "true"), ("Status", "sent"), ("Url", Receiver.Url));

        await DeliverAsync();
        var given = await DeliverAsync(("StatusCallback", app.Url + "/gone"));

        Assert.Equal(["queued", "delivered"], Received());
        Assert.Equal(["sent", "queued", "delivered"], app.At("/gone").Select(request => request["MessageStatus"]));
        Assert.Equal("queued failed 1 reorder", WebhookRulesApi.Describe(given).First());
    }

    [Fact]
    public async Task A_held_callback_without_a_later_one_comes_when_its_time_is_over()
    {
        await Account.Api.PostAsync("/emulator/v1/CarrierRules", ("Outcome", "sent")).ExpectAsync(201);
        await Rules.CreateAsync(("Reorder", "true"), ("Status", "sent"), ("HoldMs", "50"));

        var sid = await SendAsync();
        await Account.Api.Messages.UntilAsync(sid, "sent");
        var webhooks = await Account.Api.Messages.WebhooksAsync(sid);

        Assert.Equal(["queued", "sent"], Received());
        Assert.Equal("sent delivered 1 reorder", WebhookRulesApi.Describe(webhooks).Last());
    }

    [Fact]
    public async Task A_delayed_callback_keeps_the_later_ones_waiting_and_no_move_of_the_clock_waits_for_them()
    {
        var rule = await Rules.CreateAsync(
            ("DelayMs", WebhookRulesApi.Forever), ("Status", "sent"), ("Duplicate", "true"));
        var sid = await SendAsync();
        await Account.Api.Messages.UntilAsync(sid, "delivered");
        await UntilAsideAsync(sid, "delayed");

        await Account.Api.Clock.ChangeAsync(("Advance", "P2D"));
        await Rules.DeleteAsync(rule);

        Assert.Equal(["queued"], Received());
        await EndTheWaitAsync(sid);
        await Account.Api.Messages.WebhooksAsync(sid);
        Assert.Equal(["queued", "sent", "sent", "delivered"], Received());
    }

    [Fact]
    public async Task All_effects_of_a_rule_follow_each_other()
    {
        await Rules.CreateAsync(("DelayMs", "10"), ("Reorder", "true"), ("Duplicate", "true"), ("Status", "sent"),
            ("HoldMs", WebhookRulesApi.Forever));

        var webhooks = await DeliverAsync();

        Assert.Equal(["queued", "delivered", "sent", "sent"], Received());
        Assert.Equal("sent delivered 2 delay_ms duplicate reorder", WebhookRulesApi.Describe(webhooks).ElementAt(1));
    }

    [Fact]
    public async Task The_newest_rule_that_applies_decides_and_counts_what_it_was_applied_to()
    {
        var older = await Rules.CreateAsync(("Drop", "true"));
        var newer = await Rules.CreateAsync(("DelayMs", "0"), ("Times", "2"), ("Kind", "status_callback"));
        await using var stream = await EventStream.OpenAsync(Account.Http);

        await DeliverAsync();

        Assert.Equal(["queued", "sent"], Received());
        Assert.Equal(("1", "2"), (await Rules.TimesUsedAsync(older), await Rules.TimesUsedAsync(newer)));
        await stream.ExpectAsync("rule.updated", found => found["sid"] == newer && found["times_used"] == "2");
        await Rules.DeleteAsync(newer);
        await stream.ExpectAsync("rule.updated", found => found["sid"] == newer && found["deleted"] == "true");
    }

    [Fact]
    public async Task A_share_of_the_callbacks_is_drawn_by_the_recipient_and_its_number()
    {
        const string To = "+14155550142";
        var rule = await Rules.CreateAsync(("Drop", "true"), ("Percent", "40"), ("Seed", "3"));

        for (var i = 0; i < 4; i++) await DeliverAsync(("To", To));

        string[] all = [.. Enumerable.Repeat(Statuses, 4).SelectMany(all => all)];
        Assert.Equal(all.Where((_, i) => !RuleDraw.IsSelected(3, 40, To, i + 1)), Received());
        Assert.Equal($"{Enumerable.Range(1, 12).Count(number => RuleDraw.IsSelected(3, 40, To, number))}",
            await Rules.TimesUsedAsync(rule));
    }

    [Theory]
    [InlineData("To", "+1999*")]
    [InlineData("From", "+1999*")]
    [InlineData("Url", "https://example.com/*")]
    [InlineData("Kind", "inbound")]
    [InlineData("Status", "failed")]
    public async Task A_rule_that_does_not_match_does_nothing(string name, string value)
    {
        var rule = await Rules.CreateAsync(("Drop", "true"), (name, value));

        await DeliverAsync();

        Assert.Equal(["queued", "sent", "delivered"], Received());
        Assert.Equal("0", await Rules.TimesUsedAsync(rule));
    }

    [Fact]
    public async Task A_rule_decides_on_callbacks_that_wait_in_memory_when_it_is_made()
    {
        TaskCompletionSource gate = new();
        Receiver.MayRespond = gate.Task;
        var sid = await SendAsync();
        await Account.Api.Messages.UntilAsync(sid, "delivered");

        await Rules.CreateAsync(("Drop", "true"), ("Status", "sent"));
        gate.SetResult();

        await Account.Api.Messages.WebhooksAsync(sid);
        Assert.Equal(["queued", "delivered"], Received());
    }

    [Fact]
    public async Task A_replay_is_what_it_says_whatever_the_rules_are()
    {
        await Rules.CreateAsync(("Drop", "true"), ("Status", "sent"));
        await Rules.CreateAsync(("Duplicate", "true"), ("Status", "delivered"));
        var webhooks = await DeliverAsync();
        Assert.Equal(["queued", "delivered", "delivered"], Received());

        foreach (var webhook in webhooks.Skip(1))
        {
            await Account.Api.PostAsync($"{TestApi.WebhooksPath}/{webhook["sid"]}/Replay").ExpectAsync(202);
            await Account.Api.Messages.WebhooksAsync(webhook["message_sid"]!.ToString());
        }

        Assert.Equal(["queued", "delivered", "delivered", "sent", "delivered"], Received());
    }
}
