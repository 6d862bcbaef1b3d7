using System.Collections.Concurrent;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Servers that share a database ask the webhook rules together.</summary>
[Collection(typeof(PairOfServers))]
public sealed class WebhookRulesOfTwoServersTests(TwoServers servers)
{
    private const int Recipients = 40;

    [Fact]
    public async Task A_receiver_that_keeps_the_last_status_ends_wrong_for_the_same_recipients_in_each_run()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var (one, other) = await servers.NewAccountAsync();
        var service = await one.Api.Services.CreateWithCallbackAsync(receiver.Url, NumbersApi.New());
        // The second callback of a recipient is the one for "sent": the last status is wrong if it is held.
        string[] expected = [.. Enumerable.Range(0, Recipients).Select(ToOf)
            .Where(to => RuleDraw.IsSelected(5, 50, to, 2))];
        string? rule = null;

        for (var run = 0; run < 3; run++)
        {
            var next = await one.Api.WebhookRules.CreateAsync(("Reorder", "true"), ("Percent", "50"), ("Seed", "5"),
                ("To", "+1415557*"), ("HoldMs", WebhookRulesApi.Forever));
            if (rule is not null) await one.Api.WebhookRules.DeleteAsync(rule);
            rule = next;
            if (run == 0)
            {
                await one.Api.WebhookRules.CreateAsync(("DelayMs", "0"), ("Times", "1"));
                await other.Api.WebhookRules.UntilAskedAsync(service, receiver.Url);
            }

            Assert.Equal(expected, await WrongAsync(one, other, service, receiver));
        }
    }

    [Fact]
    public async Task Rules_apply_as_often_as_they_say_however_many_servers_ask_them()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var (one, other) = await servers.NewAccountAsync();
        var service = await one.Api.Services.CreateWithCallbackAsync(receiver.Url, NumbersApi.New());
        await one.Api.WebhookRules.CreateAsync(("DelayMs", "0"), ("Times", "1"));
        await other.Api.WebhookRules.UntilAskedAsync(service, receiver.Url);
        var drops = await one.Api.WebhookRules.CreateAsync(("Drop", "true"), ("Times", "15"), ("Status", "delivered"));
        var doubles = await one.Api.WebhookRules.CreateAsync(
            ("Duplicate", "true"), ("Times", "20"), ("Status", "queued"));
        receiver.Received.Clear();

        var sids = await SendAllAsync(one, other, service);
        foreach (var sid in sids) await one.Api.Messages.WebhooksAsync(sid);

        Assert.Equal([("delivered", Recipients - 15), ("queued", Recipients + 20), ("sent", Recipients)],
            receiver.Received.CountBy(callback => callback.Status).Select(count => (count.Key, count.Value)).Order());
        Assert.Equal(("15", "20"),
            (await other.Api.WebhookRules.TimesUsedAsync(drops), await other.Api.WebhookRules.TimesUsedAsync(doubles)));
    }

    /// <summary>Sends one message to each recipient; for whom the last status that came is not the message's.</summary>
    private static async Task<IEnumerable<string>> WrongAsync(
        TestAccount one, TestAccount other, string service, CallbackReceiver receiver)
    {
        receiver.Received.Clear();
        foreach (var sid in await SendAllAsync(one, other, service)) await one.Api.Messages.WebhooksAsync(sid);
        return receiver.Received.GroupBy(callback => callback.Parameters["To"])
            .Where(callbacks => callbacks.Last().Status != "delivered").Select(callbacks => callbacks.Key).Order();
    }

    private static async Task<IReadOnlyCollection<string>> SendAllAsync(
        TestAccount one, TestAccount other, string service)
    {
        ConcurrentBag<string> sids = [];
        ParallelOptions sixteen = new() { MaxDegreeOfParallelism = 16 };
        await Parallel.ForEachAsync(Enumerable.Range(0, Recipients), sixteen, async (i, _) =>
        {
            var http = (i % 2 == 0 ? one : other).Http;
            var sid = await http.Api.Messages.SendAsync(
                ("To", ToOf(i)), ("MessagingServiceSid", service), ("Body", "Hi"));
            sids.Add(sid);
            await http.Api.Messages.UntilAsync(sid, "delivered");
        });
        return sids;
    }

    private static string ToOf(int recipient) => $"+1415557{recipient:0000}";
}
