using System.Collections.Concurrent;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Two servers on one PostgreSQL select senders at once, as one would.</summary>
[Collection(typeof(PairOfServers))]
public sealed class TwoServersSelectTests(TwoServers servers)
{
    [Fact]
    public async Task Each_of_200_recipients_sees_one_number_and_the_numbers_are_used_evenly()
    {
        var (one, other) = await servers.NewAccountAsync();
        string[] pool = ["+14155550161", "+14155550162", "+14155550163", "+14155550164"];
        var sticky = await one.Api.Services.CreateWithPoolAsync(pool);

        var senders = await SendAsync(2_000, i => $"+1415556{i % 200:0000}", sticky);
        Assert.All(senders.GroupBy(sent => sent.To),
            recipient => Assert.Single(recipient.Select(sent => sent.From).Distinct()));
        Assert.Equal(200, senders.Select(sent => sent.To).Distinct().Count());
        // A number that an earlier recipient keeps is used as well, so new recipients do not take strict turns.
        Assert.All(senders.DistinctBy(sent => sent.To).CountBy(sent => sent.From),
            share => Assert.InRange(share.Value, 45, 55));

        await one.Api.UpdateAsync($"/v1/Services/{sticky}", ("StickySender", "false"));
        var before = senders.Count;
        senders = await SendAsync(1_000, i => $"+1415557{i:0000}", sticky);
        Assert.Equal((2_000, 1_000), (before, senders.Count));
        Assert.All(senders.CountBy(sent => sent.From), share => Assert.InRange(share.Value, 249, 251));

        async Task<List<(string To, string From)>> SendAsync(int count, Func<int, string> to, string service)
        {
            var sids = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 32 },
                async (i, _) =>
                sids.Add(await (i % 2 == 0 ? one : other).Api.Messages.SendAsync(("To", to(i)),
                    ("MessagingServiceSid", service), ("Body", $"Message {i}"))));
            var sent = new ConcurrentBag<(string, string)>();
            await Parallel.ForEachAsync(sids, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (sid, _) =>
            {
                var message = await one.Api.Messages.UntilAsync(sid, "delivered");
                sent.Add((message["to"]!, message["from"]!));
            });
            return [.. sent];
        }
    }
}
