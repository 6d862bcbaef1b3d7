using System.Collections.Concurrent;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Servers that share a database apply and count request rules together.</summary>
[Collection(typeof(PairOfServers))]
public sealed class RequestRulesOfTwoServersTests(TwoServers servers)
{
    private const int Requests = 200;
    private const string Rules = "/emulator/v1/RequestRules";

    [Fact]
    public async Task A_rule_is_in_effect_on_its_server_at_once_and_on_the_other_soon()
    {
        var (one, other) = await servers.NewAccountAsync();
        await one.Api.GetAsync("/v1/Services").ExpectAsync(200);
        await other.Api.GetAsync("/v1/Services").ExpectAsync(200);

        var rule = await one.Api.CreateAsync(Rules, ("StatusCode", "503"));
        await one.Api.GetAsync("/v1/Services").ExpectErrorAsync(503, 20503);
        await Eventually.TrueAsync(
            async () => (await other.Api.GetAsync("/v1/Services")).Status == 503, () => "The rule is not in effect.");

        await other.Api.DeleteAsync($"{Rules}/{rule}").ExpectAsync(204);
        await other.Api.GetAsync("/v1/Services").ExpectAsync(200);
        await Eventually.TrueAsync(
            async () => (await one.Api.GetAsync("/v1/Services")).Status == 200, () => "The rule is still in effect.");
    }

    [Fact]
    public async Task A_rule_applies_to_exactly_as_many_requests_as_it_says()
    {
        var (one, other) = await servers.NewAccountAsync();
        await RuleAsync(one, other, ("StatusCode", "500"), ("Times", "60"));
        var newer = await RuleAsync(one, other, ("StatusCode", "503"), ("Times", "30"));

        ConcurrentBag<int> statuses = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) => statuses.Add((await (i % 2 == 0 ? one : other).Api.GetAsync("/v1/Services")).Status));

        Assert.Equal(
            new[] { (200, Requests - 90), (500, 60), (503, 30) },
            statuses.CountBy(status => status).Select(count => (count.Key, count.Value)).Order());
        Assert.Equal("30", (await other.Api.GetAsync($"{Rules}/{newer}"))["times_used"]);
    }

    [Fact]
    public async Task A_percentage_hits_the_same_requests_of_each_recipient_on_any_servers()
    {
        const int Recipients = 5;
        var (one, other) = await servers.NewAccountAsync();
        await RuleAsync(one, other, ("To", "+1415556*"), ("StatusCode", "429"), ("Percent", "30"), ("Seed", "11"));

        ConcurrentBag<string> refused = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) =>
        {
            var to = $"+1415556{i % Recipients:0000}";
            var response = await (i % 2 == 0 ? one : other).Api.PostAsync(
                MessagesApi.Path, ("To", to), ("From", "+14155550100"), ("Body", "Hi"));
            if (response.Status == 429) refused.Add(to);
        });

        Assert.Equal(
            Enumerable.Range(0, Recipients).Select(i => $"+1415556{i:0000}")
                .Select(to => (to, Enumerable.Range(1, Requests / Recipients)
                    .Count(number => RuleDraw.IsSelected(11, 30, to, number)))),
            refused.CountBy(to => to).Select(count => (count.Key, count.Value)).Order());
    }

    [Fact]
    public async Task Without_a_recipient_the_method_and_the_path_count()
    {
        var (one, other) = await servers.NewAccountAsync();
        await RuleAsync(one, other, ("StatusCode", "429"), ("Percent", "50"), ("Seed", "4"));

        List<bool> services = [], messages = [];
        for (var i = 0; i < 16; i++)
        {
            var account = i % 2 == 0 ? one : other;
            services.Add((await account.Api.GetAsync($"/v1/Services/MG{Guid.NewGuid():N}")).Status == 429);
            messages.Add((await account.Api.PostAsync(MessagesApi.Path, ("To", NumbersApi.New()))).Status == 429);
        }

        Assert.Equal(Drawn("GET messaging.twilio.com/v1/Services/{Sid}"), services);
        Assert.Equal(Drawn("POST api.twilio.com/2010-04-01/Accounts/{Sid}/Messages.json"), messages);

        static IEnumerable<bool> Drawn(string operation) =>
            Enumerable.Range(1, 16).Select(number => RuleDraw.IsSelected(4, 50, operation, number));
    }

    private static async Task<string> RuleAsync(TestAccount one, TestAccount other, params (string, string)[] form)
    {
        var rule = await one.Api.CreateAsync(Rules, form);
        // Requests that match nothing tell when the other server knows the rule.
        var probe = await one.Api.CreateAsync(Rules, ("Path", "/v1/Probe"), ("StatusCode", "418"));
        await Eventually.TrueAsync(
            async () => (await other.Api.GetAsync("/v1/Probe")).Status == 418, () => "The rules are not known.");
        await one.Api.DeleteAsync($"{Rules}/{probe}").ExpectAsync(204);
        return rule;
    }
}
