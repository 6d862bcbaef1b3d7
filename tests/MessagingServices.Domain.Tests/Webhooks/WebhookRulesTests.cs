namespace MessagingServices.Domain.Tests.Webhooks;

/// <summary>Which webhook rule decides, and what it does.</summary>
public sealed class WebhookRulesTests
{
    private static readonly Sid Account = Sid.Create(SidPrefix.Account, 1);

    [Fact]
    public void The_rule_of_another_account_does_not_match()
    {
        var rule = Rule(1, one => one.Drop = true);

        Assert.True(rule.Matches(Subject()));
        Assert.False(rule.Matches(Subject() with { AccountSid = Sid.Create(SidPrefix.Account, 2) }));
    }

    [Theory]
    [InlineData("https://example.com/status", true)]
    [InlineData("https://example.com/st*", true)]
    [InlineData("*", true)]
    [InlineData("https://example.com/", false)]
    [InlineData("https://example.org/*", false)]
    public void A_url_is_compared_as_it_stands_or_by_its_beginning(string pattern, bool matches) =>
        Assert.Equal(matches, Rule(1, one => one.Url = pattern).Matches(Subject()));

    [Fact]
    public void A_rule_with_an_address_or_a_status_matches_no_webhook_without_one()
    {
        var subject = Subject() with { To = null, From = null, Status = null };

        Assert.True(Rule(1, _ => { }).Matches(subject));
        Assert.False(Rule(1, one => one.To = "*").Matches(subject));
        Assert.False(Rule(1, one => one.From = "*").Matches(subject));
        Assert.False(Rule(1, one => one.Status = MessageStatus.Sent).Matches(subject));
    }

    [Fact]
    public void The_callback_of_a_final_status_is_not_held_and_does_not_count()
    {
        var rule = Rule(1, one => one.Reorder = true);
        WebhookRules rules = new([rule], []);

        Assert.Null(rules.Decide(Subject() with { Status = MessageStatus.Delivered }));
        Assert.Equal(WebhookRule.DefaultHoldMs, rules.Decide(Subject())!.HoldMs);
        Assert.Equal(1, rule.TimesUsed);
    }

    [Fact]
    public void Of_a_dropped_webhook_nothing_else_happens_but_the_delay() => Assert.Equal(
        new WebhookFault(SidOf(1).Value) { DelayMs = 5, Drop = true },
        Rule(1, one => (one.DelayMs, one.Drop, one.Duplicate, one.Reorder) = (5, true, true, true))
            .FaultFor(Subject()));

    [Fact]
    public void An_older_rule_decides_when_the_newer_one_is_used_up_or_not_drawn()
    {
        var older = Rule(1, one => one.Drop = true);
        var drawn = Rule(2, one => (one.Duplicate, one.Percent, one.Seed) = (true, 50, 9));
        var once = Rule(3, one => (one.DelayMs, one.Times) = (1, 1));
        WebhookRules rules = new([older, drawn, once], []);

        var decided = Enumerable.Range(0, 21).Select(_ => rules.Decide(Subject())!.RuleSid).ToList();

        // Also the webhook that the newest rule decides is a match of the others.
        Assert.Equal(Enumerable.Range(1, 21).Select(number => number == 1 ? once.Sid.Value
            : RuleDraw.IsSelected(9, 50, "+14155550100", number) ? drawn.Sid.Value : older.Sid.Value), decided);
        Assert.Equal([new WebhookRuleMatches(drawn.Sid, "+14155550100", 21)], rules.ChangedMatches);
        Assert.Equal(21, rules.Uses.Values.Sum());
    }

    [Fact]
    public void Matches_are_counted_on_from_what_is_stored()
    {
        var rule = Rule(1, one => (one.Drop, one.Percent, one.Seed) = (true, 30, 4));

        var all = Decide([]);

        Assert.Equal(all.Skip(4), Decide([new(rule.Sid, "+14155550100", 4)]).Take(16));

        List<bool> Decide(IReadOnlyList<WebhookRuleMatches> before)
        {
            WebhookRules rules = new([rule], before);
            return [.. Enumerable.Range(0, 20).Select(_ => rules.Decide(Subject()) is not null)];
        }
    }

    private static WebhookSubject Subject() => new(Account, WebhookKind.StatusCallback, "https://example.com/status")
    {
        Status = MessageStatus.Sent, To = "whatsapp:+14155550100", From = "whatsapp:+14155550199",
        Handset = "+14155550100",
    };

    private static Sid SidOf(int number) => Sid.Create(SidPrefix.WebhookRule, (UInt128)number);

    private static WebhookRule Rule(int number, Action<WebhookRule> configure)
    {
        WebhookRule rule = new(SidOf(number), Account, DateTimeOffset.UnixEpoch);
        // The database assigns it.
        typeof(FaultRule).GetProperty(nameof(FaultRule.Ordinal))!.SetValue(rule, (long)number);
        configure(rule);
        return rule;
    }
}
