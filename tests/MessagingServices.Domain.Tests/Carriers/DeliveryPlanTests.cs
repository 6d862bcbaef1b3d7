namespace MessagingServices.Domain.Tests.Carriers;

/// <summary>
/// What carrier rules make of a message. Rules are written newest first; the carrier's own delays are 1 and 2 ms.
/// </summary>
public sealed class DeliveryPlanTests
{
    private static readonly Sid Account = Sid.Create(SidPrefix.Account, 1);
    private static readonly CarrierDelays Options = new(1, 2);

    private static readonly CarrierMessage Sms = Message(1);
    private static readonly CarrierMessage Mms = Sms with { HasMedia = true };
    private static readonly CarrierMessage WhatsApp =
        Sms with { To = "whatsapp:+14155550100", From = "whatsapp:+14155550101" };
    private static readonly CarrierMessage Rcs = Sms with { From = "rcs:agent" };

    private static readonly int[] MessagesInTurn = [1, 2, 3, 4, 1];

    [Fact]
    public void Without_a_rule_a_message_is_delivered_after_the_carriers_delays() =>
        Assert.Equal("sent 1 delivered 2", Treat(Sms));

    [Theory]
    [InlineData(CarrierOutcome.Delivered, null, "sent 1 delivered 2")]
    [InlineData(CarrierOutcome.Undelivered, null, "sent 1 undelivered 2 (30008)")]
    [InlineData(CarrierOutcome.Undelivered, 30003, "sent 1 undelivered 2 (30003)")]
    [InlineData(CarrierOutcome.Failed, null, "failed 1 (30008)")]
    [InlineData(CarrierOutcome.Failed, 30007, "failed 1 (30007)")]
    [InlineData(CarrierOutcome.Sent, null, "sent 1")]
    public void An_outcome_is_the_way_to_the_end(CarrierOutcome outcome, int? errorCode, string way)
    {
        foreach (var message in new[] { Sms, Mms, WhatsApp, Rcs })
            Assert.Equal(way, Treat(message, Rule(r => (r.Outcome, r.ErrorCode) = (outcome, errorCode))));
    }

    [Fact]
    public void Only_whatsapp_and_rcs_messages_are_read()
    {
        var read = () => Rule(r => r.Outcome = CarrierOutcome.Read);

        Assert.Equal("sent 1 delivered 2 read 2", Treat(WhatsApp, read()));
        Assert.Equal("sent 1 delivered 2 read 2", Treat(Rcs, read()));
        Assert.Equal("sent 1 delivered 2", Treat(Sms, read()));
        Assert.Equal("sent 1 delivered 2", Treat(Mms, read()));
    }

    [Fact]
    public void A_delay_is_that_of_every_step()
    {
        Assert.Equal("sent 50 delivered 50", Treat(Sms, Rule(r => r.DelayMs = 50)));
        Assert.Equal("sent 0 delivered 0 read 0",
            Treat(Rcs, Rule(r => (r.DelayMs, r.Outcome) = (0, CarrierOutcome.Read))));
        Assert.Equal("failed 50 (30008)", Treat(Sms, Rule(r => (r.DelayMs, r.Outcome) = (50, CarrierOutcome.Failed))));
    }

    [Fact]
    public void What_the_handset_cannot_take_does_not_arrive()
    {
        var (noMms, noRcs, noWhatsApp) =
            (Rule(r => r.SupportsMms = false), Rule(r => r.SupportsRcs = false), Rule(r => r.SupportsWhatsApp = false));

        Assert.Equal("sent 1 undelivered 2 (30011)", Treat(Mms, noMms));
        Assert.Equal("sent 1 undelivered 2 (63036)", Treat(Rcs, noRcs));
        Assert.Equal("sent 1 undelivered 2 (63036)", Treat(Rcs with { To = "rcs:+14155550100" }, noRcs));
        Assert.Equal("sent 1 undelivered 2 (63024)", Treat(WhatsApp, noWhatsApp));
    }

    [Theory]
    [InlineData("+14155550100", true)]
    [InlineData("+18005550100", true)]
    [InlineData("+17875550100", true)]
    [InlineData("+16475550100", true)]
    [InlineData("+18765550100", false)]
    [InlineData("+447700900100", false)]
    public void Only_the_US_Puerto_Rico_and_Canada_have_MMS(string to, bool arrives)
    {
        var mms = Mms with { To = to };
        var (arrived, lost) = ("sent 1 delivered 2", "sent 1 undelivered 2 (30011)");

        Assert.Equal(arrives ? arrived : lost, Treat(mms));
        Assert.Equal(arrived, Treat(mms, Rule(r => r.SupportsMms = true)));
        Assert.Equal(lost, Treat(mms, Rule(r => r.SupportsMms = false)));
        Assert.Equal(arrived, Treat(Sms with { To = to }));
        Assert.Equal(arrived, Treat(mms with { From = "rcs:agent" }));
    }

    [Fact]
    public void An_ability_that_the_message_does_not_need_may_be_missing()
    {
        var (noMms, noRcs, noWhatsApp) =
            (Rule(r => r.SupportsMms = false), Rule(r => r.SupportsRcs = false), Rule(r => r.SupportsWhatsApp = false));

        Assert.Equal("sent 1 delivered 2", Treat(Sms, noMms, noRcs, noWhatsApp));
        Assert.Equal("sent 1 delivered 2", Treat(Mms, noRcs, noWhatsApp));
        Assert.Equal("sent 1 delivered 2", Treat(Rcs with { HasMedia = true }, noMms, noWhatsApp));
        Assert.Equal("sent 1 delivered 2", Treat(WhatsApp with { HasMedia = true }, noMms, noRcs));
    }

    [Fact]
    public void A_missing_ability_beats_the_outcome_whichever_rule_is_newer()
    {
        var (noMms, failed) = (Rule(r => r.SupportsMms = false),
            Rule(r => (r.Outcome, r.ErrorCode) = (CarrierOutcome.Failed, 30007)));

        Assert.Equal("sent 1 undelivered 2 (30011)", Treat(Mms, noMms, failed));
        Assert.Equal("sent 1 undelivered 2 (30011)", Treat(Mms, failed, noMms));
    }

    [Fact]
    public void The_newest_rule_that_speaks_of_an_aspect_decides_it()
    {
        CarrierRule[] rules =
        [
            Rule(r => r.DelayMs = 7), Rule(r => r.SupportsMms = true), Rule(r => r.Outcome = CarrierOutcome.Sent),
            Rule(r => (r.DelayMs, r.SupportsMms, r.Outcome, r.ErrorCode) = (9, false, CarrierOutcome.Failed, 30007)),
        ];

        Assert.Equal("sent 7", Treat(Mms, rules));
        Assert.Equal("failed 9 (30007)", Treat(Mms, rules[3].With(r => r.SupportsMms = null)));
        // An error code belongs to its outcome: it is not taken from an older rule.
        Assert.Equal("failed 1 (30008)",
            Treat(Sms, Rule(r => r.Outcome = CarrierOutcome.Failed),
                Rule(r => (r.Outcome, r.ErrorCode) = (CarrierOutcome.Failed, 30007))));
    }

    [Theory]
    [InlineData("+14155550100", null, null, true)]
    [InlineData("+14155550199", null, null, false)]
    [InlineData("+1415555010", null, null, false)]
    [InlineData("+1415555*", null, null, true)]
    [InlineData("+1416*", null, null, false)]
    [InlineData("*", "*", null, true)]
    [InlineData("whatsapp:+14155550100", null, null, true)]
    [InlineData("rcs:+1415*", null, null, true)]
    [InlineData(null, "+14155550101", null, true)]
    [InlineData(null, "whatsapp:+14155550101", null, true)]
    [InlineData(null, "+14155550100", null, false)]
    [InlineData(null, "+1415*", null, true)]
    [InlineData(null, null, "50 %", true)]
    [InlineData(null, null, "OFF", false)]
    [InlineData(null, null, "5.*", false)]
    [InlineData("+1415*", "+1415*", "off", true)]
    [InlineData("+1415*", "+1415*", "on", false)]
    [InlineData("+1416*", "+1415*", "off", false)]
    public void A_rule_matches_by_recipient_sender_and_text(
        string? to, string? from, string? bodyContains, bool matches)
    {
        var rule = Rule(r => (r.To, r.From, r.BodyContains) = (to, from, bodyContains));

        Assert.Equal(matches, rule.Matches(Sms));
        Assert.Equal(matches, rule.Matches(WhatsApp));
        Assert.False(rule.Matches(Sms with { AccountSid = Sid.Create(SidPrefix.Account, 2) }));
    }

    [Fact]
    public void A_rule_is_used_up_by_the_messages_that_it_decides_something_for()
    {
        var failed = Rule(r => (r.Outcome, r.Times) = (CarrierOutcome.Failed, 2));
        var read = Rule(r => (r.Outcome, r.Times) = (CarrierOutcome.Read, 1));
        var rules = new CarrierRules([failed, read]);

        var ends = MessagesInTurn.Select(i => End(Rcs with { MessageSid = Message(i).MessageSid }));

        Assert.Equal("failed failed read delivered failed", string.Join(' ', ends));
        Assert.Equal((2, 1), (failed.TimesUsed, read.TimesUsed));

        string End(CarrierMessage message)
        {
            var treatment = DeliveryPlan.Of(message, rules, Options);
            foreach (var rule in treatment.DecidedBy) rule.Use(message.MessageSid);
            return EnumNames<MessageStatus>.Of(treatment.Reports.FinalStatus);
        }
    }

    [Fact]
    public void A_rule_that_decides_nothing_for_a_message_is_not_used_by_it()
    {
        var newer = Rule(r => r.Outcome = CarrierOutcome.Sent);
        var older = Rule(r => (r.Outcome, r.SupportsRcs, r.SupportsWhatsApp) = (CarrierOutcome.Failed, false, false));

        Assert.Equal([newer], DeliveryPlan.Of(Sms, new([newer, older]), Options).DecidedBy);
        Assert.Equal([older], DeliveryPlan.Of(Rcs, new([newer, older]), Options).DecidedBy);
    }

    [Fact]
    public void Whether_a_handset_takes_rcs_is_asked_without_using_the_rule()
    {
        var rule = Rule(r => (r.From, r.SupportsRcs, r.Times) = ("rcs:agent", false, 1));
        var rules = new CarrierRules([rule]);

        Assert.False(rules.RcsRule(Account, "+14155550100", "rcs:agent", "Hi")?.SupportsRcs);
        Assert.False(rules.RcsRule(Account, "+14155550100", "rcs:agent", "Hi")?.SupportsRcs);
        Assert.Null(rules.RcsRule(Account, "+14155550100", "rcs:other", "Hi"));
        Assert.Null(rules.RcsRule(Sid.Create(SidPrefix.Account, 2), "+14155550100", "rcs:agent", "Hi"));
        Assert.Same(rule, rules.RcsRule(Account, "+14155550100", "rcs:agent", "Hi"));

        rule.Use(Message(1).MessageSid);
        Assert.Null(rules.RcsRule(Account, "+14155550100", "rcs:agent", "Hi"));
    }

    private static CarrierMessage Message(int number) =>
        new(Sid.Create(SidPrefix.TextMessage, (UInt128)number), Account, "+14155550100", "+14155550101", "50 % off",
            HasMedia: false);

    private static CarrierRule Rule(Action<CarrierRule> configure) =>
        new CarrierRule(Sid.Create(SidPrefix.CarrierRule, 1), Account, DateTimeOffset.UnixEpoch).With(configure);

    /// <summary>The reports that follow, each with the milliseconds before it.</summary>
    private static string Treat(CarrierMessage message, params CarrierRule[] rules)
    {
        var treatment = DeliveryPlan.Of(message, new(rules), Options).Reports;
        List<string> reports = [];
        var now = DateTimeOffset.UnixEpoch;
        for (var next = CarrierDelivery.Of(Account, message.MessageSid, treatment, now); next is not null;
            next = next.Next())
        {
            reports.Add($"{EnumNames<MessageStatus>.Of(next.NextStatus)} {(next.Due - now).TotalMilliseconds}");
            now = next.Due;
        }

        return string.Join(' ', reports) + (treatment.ErrorCode is { } code ? $" ({code})" : "");
    }
}

file static class Rules
{
    public static CarrierRule With(this CarrierRule rule, Action<CarrierRule> configure)
    {
        configure(rule);
        return rule;
    }
}
