using CsCheck;

namespace MessagingServices.Domain.Tests.Carriers;

/// <summary>Which messages a rule with a percentage applies to.</summary>
public sealed class CarrierRuleSampleTests
{
    private static readonly Sid Account = Sid.Create(SidPrefix.Account, 1);
    private static readonly Gen<(int Seed, string Recipient, long Number)> Draw =
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 9999], Gen.Long[1, 1_000_000], (seed, last, number) =>
            (seed, $"+1415555{last:0000}", number));

    private static readonly Gen<decimal> Percent = Gen.Int[0, 10_000].Select(hundredths => hundredths / 100m);

    [Fact]
    public void None_of_no_per_cent_and_all_of_a_hundred() => Draw.Sample(draw =>
        !RuleDraw.IsSelected(draw.Seed, 0, draw.Recipient, draw.Number)
            && RuleDraw.IsSelected(draw.Seed, 100, draw.Recipient, draw.Number));

    [Fact]
    public void More_per_cent_add_messages_and_take_none_away() =>
        Gen.Select(Draw, Percent, Percent).Sample((draw, one, other) =>
        !RuleDraw.IsSelected(draw.Seed, Math.Min(one, other), draw.Recipient, draw.Number)
        || RuleDraw.IsSelected(draw.Seed, Math.Max(one, other), draw.Recipient, draw.Number));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(10, 0)]
    [InlineData(10, 7)]
    [InlineData(50, 2147483647)]
    public void Of_many_messages_it_is_about_that_share(int percent, int seed)
    {
        var toOne = Enumerable.Range(1, 10_000)
            .Count(number => RuleDraw.IsSelected(seed, percent, "+14155550100", number));
        var toMany = Enumerable.Range(0, 10_000)
            .Count(last => RuleDraw.IsSelected(seed, percent, $"+1415555{last:0000}", 1));

        Assert.InRange(toOne, percent * 100 * 0.8, percent * 100 * 1.2);
        Assert.InRange(toMany, percent * 100 * 0.8, percent * 100 * 1.2);
    }

    [Fact]
    public void The_draw_is_the_same_on_every_machine_and_in_every_release() => Assert.Equal(
        "6 13 21 22",
        string.Join(' ', Enumerable.Range(1, 30)
            .Where(number => RuleDraw.IsSelected(42, 25, "+14155550100", number))));

    [Fact]
    public void Another_seed_draws_others() => Assert.NotEqual(
        Enumerable.Range(1, 100).Where(number => RuleDraw.IsSelected(1, 20, "+14155550100", number)),
        Enumerable.Range(1, 100).Where(number => RuleDraw.IsSelected(2, 20, "+14155550100", number)));

    [Fact]
    public void Each_recipients_messages_are_numbered_apart_whatever_the_order_and_the_channel() => Gen.Shuffle(
        Enumerable.Range(0, 30).Select(i => $"{(i % 2 == 0 ? "whatsapp:" : "")}+1415555010{i % 3}").ToArray())
            .Sample(recipients =>
    {
        var rule = Rule();
        var hits = recipients.Select((to, i) => Treat(rule, to, i + 1)).ToList();
        return recipients.Zip(hits).GroupBy(pair => pair.First[^12..]).All(ofOne => ofOne.Select(pair => pair.Second)
            .SequenceEqual(Enumerable.Range(1, 10)
                .Select(number => RuleDraw.IsSelected(5, 30, ofOne.Key, number))));
    });

    [Fact]
    public void A_message_has_the_same_luck_however_often_it_is_asked_about()
    {
        var rule = Rule();
        var first = Enumerable.Range(1, 50).Select(i => Treat(rule, "+14155550100", i)).ToList();

        Assert.Equal(first, Enumerable.Range(1, 50).Select(i => Treat(rule, "+14155550100", i)));
        Assert.Contains(true, first);
        Assert.Contains(false, first);
    }

    [Fact]
    public void Times_counts_those_that_it_applied_to_only()
    {
        var rule = Rule();
        rule.Times = 3;

        var hits = Enumerable.Range(1, 100).Select(i =>
        {
            var message = Message("+14155550100", i);
            var applies = rule.AppliesTo(message);
            rule.Sample(message);
            if (applies) rule.Use(message.MessageSid);
            return applies;
        }).ToList();

        Assert.Equal(3, hits.Count(hit => hit));
        Assert.Equal(Enumerable.Range(1, 100)
            .Where(number => RuleDraw.IsSelected(5, 30, "+14155550100", number)).Take(3),
            hits.Index().Where(hit => hit.Item).Select(hit => hit.Index + 1));
    }

    private static CarrierRule Rule() => new(Sid.Create(SidPrefix.CarrierRule, 1), Account, DateTimeOffset.UnixEpoch)
    {
        Outcome = CarrierOutcome.Failed, Percent = 30, Seed = 5,
    };

    private static bool Treat(CarrierRule rule, string to, int number)
    {
        var message = Message(to, number);
        var applies = rule.AppliesTo(message);
        rule.Sample(message);
        return applies;
    }

    private static CarrierMessage Message(string to, int number) =>
        new(Sid.Create(SidPrefix.TextMessage, (UInt128)number), Account, to, "+14155550101", "Hi", HasMedia: false);
}
