using System.Collections.Concurrent;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Two servers on one PostgreSQL share the work: nothing is done twice, nothing is left.</summary>
[Collection(typeof(PairOfServers))]
public sealed class TwoServersTests(TwoServers servers)
{
    private const int Messages = 300;

    [Fact]
    public async Task Two_servers_send_each_message_and_callback_once_from_evenly_used_senders()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var (one, other) = await servers.NewAccountAsync();
        var service = await one.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550161", "+14155550162",
            "+14155550163");

        var senders = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Messages), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) =>
        {
            var sid = await (i % 2 == 0 ? one : other).Api.Messages.SendAsync(("To", $"+1415556{i:0000}"),
                ("MessagingServiceSid", service), ("Body", $"Message {i}"));
            senders.Add((await (i % 2 == 0 ? other : one).Api.Messages.UntilAsync(sid, "delivered"))["from"]!);
        });
        await receiver.UntilAsync(received => received.Count >= 3 * Messages);

        Assert.All(senders.CountBy(sender => sender), share => Assert.Equal(Messages / 3, share.Value));
        Assert.Equal(3 * Messages, receiver.Received.Count);
        Assert.All(receiver.Received.GroupBy(callback => callback.MessageSid),
            ofOneMessage =>
                Assert.Equal(["queued", "sent", "delivered"], ofOneMessage.Select(callback => callback.Status)));
    }
}
