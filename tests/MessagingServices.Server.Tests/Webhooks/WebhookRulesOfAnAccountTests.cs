using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>What happens with webhook rules, and what they hold, when their account changes.</summary>
public sealed class WebhookRulesOfAnAccountTests(MessagingServer server)
    : WebhookRuleTest(server), IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("messages")]
    [InlineData("all")]
    public async Task A_reset_removes_the_rules_with_what_they_hold(string scope)
    {
        await Rules.CreateAsync(("Drop", "true"), ("Percent", "1"));
        await Rules.CreateAsync(("Reorder", "true"), ("HoldMs", WebhookRulesApi.Forever), ("Status", "queued"));
        await Rules.CreateAsync(("DelayMs", WebhookRulesApi.Forever), ("Status", "sent"));
        var sid = await SendAsync();
        await UntilAsideAsync(sid, "delayed");

        await Account.Api.PostAsync(TestApi.ResetPath, ("Scope", scope)).ExpectAsync(204);

        Assert.Equal(0L, await Sql.ScalarAsync(Server.ConnectionString,
            $"""
             SELECT (SELECT count(*) FROM webhook_rules WHERE account_sid = '{Account.Sid}')
                 + (SELECT count(*) FROM webhook_queue WHERE account_sid = '{Account.Sid}')
                 + (SELECT count(*) FROM webhook_rule_matches AS matches
                     WHERE NOT EXISTS (SELECT FROM webhook_rules WHERE sid = rule_sid))
             """));
        Assert.Empty(Received());
    }

    [Fact]
    public async Task A_decision_survives_a_suspension()
    {
        await Rules.CreateAsync(
            ("DelayMs", WebhookRulesApi.Forever), ("Drop", "true"), ("Status", "queued"), ("Times", "1"));
        var sid = await SendAsync();
        await UntilAsideAsync(sid, "delayed");
        var path = $"/2010-04-01/Accounts/{Account.Sid}.json";

        await Server.Api.PostAsync(path, ("Status", "suspended")).ExpectAsync(200);
        await EndTheWaitAsync(sid);
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(Server.ConnectionString,
            $"SELECT count(*) FROM held_webhooks WHERE message_sid = '{sid}'") is 1L, () => "It does not wait.");
        await Server.Api.PostAsync(path, ("Status", "active")).ExpectAsync(200);

        Assert.Equal("queued dropped 0 delay_ms drop",
            WebhookRulesApi.Describe(await Account.Api.Messages.WebhooksAsync(sid)).First());
        Assert.DoesNotContain("queued", Received());
    }

    [Fact]
    public async Task What_rules_hold_is_dropped_when_the_account_is_closed()
    {
        await Rules.CreateAsync(("DelayMs", WebhookRulesApi.Forever));
        var sid = await SendAsync();
        await UntilAsideAsync(sid, "delayed");

        await Server.Api.PostAsync(
            $"/2010-04-01/Accounts/{Account.Sid}.json", ("Status", "closed")).ExpectAsync(200);

        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(Server.ConnectionString,
            $"SELECT bool_and(outcome = 'dropped') FROM webhooks WHERE account_sid = '{Account.Sid}'") is true,
            () => "Not all are dropped.");
        Assert.Empty(Received());
    }
}
