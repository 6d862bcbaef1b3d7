using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Applications that do not answer, beside one that does.</summary>
public sealed class DeadApplicationsTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const int Dead = 100;
    private const int Messages = 300;

    [Fact]
    public async Task A_hundred_of_them_do_not_delay_the_others()
    {
        await using var app = await InboundApp.StartAsync();
        List<RawReceiver> dead = [.. Enumerable.Range(0, Dead).Select(_ => RawReceiver.Hanging())];
        try
        {
            foreach (var receiver in dead)
            {
                var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", $"http://{receiver.Authority}/sms"));
                await Handset.New(server).SendAsync(number, "Hi");
            }

            var healthy = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms"));
            var handset = Handset.New(server);
            await Parallel.ForEachAsync(Enumerable.Range(0, Messages),
                new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (i, _) => await handset.SendAsync(healthy, $"Message {i}"));
            Assert.Equal(Messages,
                (await app.UntilAsync("/sms", Messages)).Select(request => request["Body"]).Distinct().Count());
            Assert.True(dead.TrueForAll(receiver => receiver.Connections > 0),
                "A dead application got no request, so it could not delay the others.");
        }
        finally
        {
            foreach (var receiver in dead) await receiver.DisposeAsync();
        }
    }
}
