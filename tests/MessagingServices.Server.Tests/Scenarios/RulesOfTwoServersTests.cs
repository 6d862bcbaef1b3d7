using System.Collections.Concurrent;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Servers that share a database count the uses of a carrier rule together.</summary>
[Collection(typeof(PairOfServers))]
public sealed class RulesOfTwoServersTests(TwoServers servers)
{
    private const int Messages = 400;
    private const string Rules = "/emulator/v1/CarrierRules";

    [Fact]
    public async Task A_rule_applies_to_exactly_as_many_messages_as_it_says()
    {
        var (one, other) = await servers.NewAccountAsync();
        await one.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", "+14152550164"));
        var older = await one.Api.CreateAsync(Rules, ("Outcome", "undelivered"), ("Times", "150"));
        var newer = await one.Api.CreateAsync(Rules, ("Outcome", "failed"), ("Times", "50"));

        var ends = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Messages), new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (i, _) =>
        {
            var http = (i % 2 == 0 ? one : other).Http;
            var sid = await http.Api.Messages.SendAsync(("To", $"+1415555{i:0000}"), ("From", "+14152550164"),
                ("Body", "Hi"));
            ends.Add((await http.Api.Messages.UntilAsync(sid, "delivered", "failed", "undelivered"))["status"]!);
        });

        Assert.Equal([("delivered", 200), ("failed", 50), ("undelivered", 150)],
            ends.CountBy(end => end).Select(end => (end.Key, end.Value)).Order());
        Assert.Equal(50L, await UsesAsync(newer));
        Assert.Equal(150L, await UsesAsync(older));
    }

    [Fact]
    public async Task A_percentage_fails_as_many_messages_of_each_recipient_on_any_servers()
    {
        const int Recipients = 10;
        var (one, other) = await servers.NewAccountAsync();
        await one.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", "+14152550166"));
        await one.Api.CreateAsync(Rules, ("From", "+14152550166"), ("Outcome", "failed"), ("ErrorCode", "30003"),
            ("Percent", "30"), ("Seed", "11"));

        var failed = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Messages), new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (i, _) =>
        {
            var http = (i % 2 == 0 ? one : other).Http;
            var to = $"+1415556{i % Recipients:0000}";
            var sid = await http.Api.Messages.SendAsync(("To", to), ("From", "+14152550166"), ("Body", "Hi"));
            if ((await http.Api.Messages.UntilAsync(sid, "delivered", "failed"))["status"] == "failed") failed.Add(to);
        });

        Assert.Equal(
            Enumerable.Range(0, Recipients).Select(i => $"+1415556{i:0000}")
                .Select(to => (to, Enumerable.Range(1,
                    Messages / Recipients).Count(number => RuleDraw.IsSelected(11, 30, to, number)))),
            failed.CountBy(to => to).Select(count => (count.Key, count.Value)).Order());
    }

    private async Task<object?> UsesAsync(string rule) =>
        await Sql.ScalarAsync(servers.ConnectionString,
            $"SELECT count(*) FROM carrier_rule_uses WHERE rule_sid = '{rule}'");
}
