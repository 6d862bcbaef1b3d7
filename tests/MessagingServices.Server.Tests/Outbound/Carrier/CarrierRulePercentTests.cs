using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Carrier;

/// <summary>A rule with a percentage and a seed fails the same messages in every run.</summary>
public sealed class CarrierRulePercentTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Rules = "/emulator/v1/CarrierRules";
    private const string Number = "+14155550141";

    [Fact]
    public async Task The_same_messages_fail_in_every_run()
    {
        var (to, other) = (NumbersApi.New(), NumbersApi.New());
        await server.Api.ResetAsync();

        var first = await RunAsync(to, other, seed: 7);
        await server.PostAsync("/emulator/v1/Reset").ExpectAsync(204);
        var second = await RunAsync(to, other, seed: 7);

        Assert.Equal(first, second);
        Assert.Equal(Enumerable.Range(1,
            20).Select(number => RuleDraw.IsSelected(7, 40, to, number) ? "failed" : "delivered"), first[to]);
        Assert.Equal(Enumerable.Range(1,
            20).Select(number => RuleDraw.IsSelected(7, 40, other, number)
                ? "failed"
                : "delivered"), first[other]);
    }

    [Fact]
    public async Task Messages_that_the_rule_passes_over_are_for_older_rules()
    {
        var to = NumbersApi.New();
        await server.Api.ResetAsync();
        await SenderAsync();
        await RuleAsync(("To", to), ("Outcome", "undelivered"));
        await RuleAsync(("To", to), ("Outcome", "failed"), ("Percent", "50"), ("Seed", "3"));

        var ends = await SendAsync([.. Enumerable.Repeat(to, 12)]);

        Assert.Equal(Enumerable.Range(1,
            12).Select(number => RuleDraw.IsSelected(3, 50, to, number) ? "failed" : "undelivered"), ends);
    }

    [Fact]
    public async Task Handsets_take_rcs_by_the_same_draw()
    {
        var to = NumbersApi.New();
        var service = await server.Api.Services.CreateWithPoolAsync(ChannelSendersApi.NewAgent(), NumbersApi.New());
        await RuleAsync(("To", to), ("SupportsRcs", "false"), ("Percent", "50"), ("Seed", "9"));

        List<bool> fellBack = [];
        for (var i = 0; i < 12; i++)
        {
            var sid = await server.Api.Messages.SendAsync(("To", to), ("MessagingServiceSid", service), ("Body", "Hi"));
            var ended = await server.Api.Messages.UntilAsync(sid, "delivered", "undelivered");
            fellBack.Add(!ended["from"]!.StartsWith("rcs:", StringComparison.Ordinal));
            // Who was selected for RCS can take it: both ask with the same luck.
            Assert.Equal("delivered", ended["status"]);
        }

        Assert.Equal(Enumerable.Range(1, 12).Select(number => RuleDraw.IsSelected(9, 50, to, number)),
            fellBack);
    }

    private async Task<Dictionary<string, List<string>>> RunAsync(string to, string other, int seed)
    {
        await SenderAsync();
        await RuleAsync(("From", Number), ("BodyContains", "Code"), ("Outcome", "failed"), ("Percent", "40"),
            ("Seed", $"{seed}"));
        string[] recipients = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? to : other)];
        var ends = await SendAsync(recipients);
        return recipients.Zip(ends).GroupBy(pair => pair.First).ToDictionary(pairs => pairs.Key,
            pairs => pairs.Select(pair => pair.Second).ToList());
    }

    /// <summary>Sends a message to each, one after the other; how they end.</summary>
    private async Task<List<string>> SendAsync(string[] recipients)
    {
        List<string> ends = [];
        foreach (var recipient in recipients)
        {
            var sid = await server.Api.Messages.SendAsync(("To", recipient), ("From", Number),
                ("Body", $"Code {Guid.NewGuid()}"));
            ends.Add((await server.Api.Messages.UntilAsync(sid, "delivered", "undelivered", "failed"))["status"]!);
        }

        return ends;
    }

    private Task<ApiResponse> SenderAsync() => server.PostAsync(NumbersApi.Path, ("PhoneNumber", Number));

    private Task<ApiResponse> RuleAsync(params (string, string)[] form) =>
        server.PostAsync(Rules, form).ExpectAsync(201);
}
