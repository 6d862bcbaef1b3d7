using System.Collections.Concurrent;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>What was answered with 201 survives <c>kill -9</c>, and so does every status callback.</summary>
[Collection(typeof(LoadTests))]
public sealed class CrashTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int Messages = 500;
    private const int KilledAfter = 200;
    private static readonly string[] InOrder = ["queued", "sent", "delivered"];

    [Fact]
    public async Task Killed_while_accepting_the_server_loses_no_message_and_no_callback()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var accepted = new ConcurrentDictionary<string, bool>();
        await using (var server = await ServerUnderTest.StartAsync(database.ConnectionString))
        {
            var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550171",
                "+14155550172");
            var enough = new TaskCompletionSource();
            var sending = Parallel.ForEachAsync(Enumerable.Range(0, Messages),
                new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            {
                if (await TrySendAsync(server.Http, service, i) is { } sid && accepted.TryAdd(sid, true)
                    && accepted.Count >= KilledAfter)
                    enough.TrySetResult();
            });
            await Task.WhenAny(enough.Task, sending);
            await server.KillAsync();
            await sending;
        }

        Assert.InRange(accepted.Count, KilledAfter, Messages - 1);

        await using var restarted = await ServerUnderTest.StartAsync(database.ConnectionString);
        foreach (var sid in accepted.Keys)
            await restarted.Api.Messages.UntilAsync(sid, "delivered");
        await receiver.UntilAsync(received => accepted.Keys.All(sid => InOrder.All(status => received.Contains(sid,
            status))));

        foreach (var ofOneMessage in receiver.Received.GroupBy(callback => callback.MessageSid))
        {
            // An attempt cut off by the crash is made again, with the same token; apart from that the order holds.
            var distinct = ofOneMessage.DistinctBy(callback => callback.Token).Select(callback => callback.Status);
            Assert.Equal(InOrder, distinct);
        }
    }

    private static async Task<string?> TrySendAsync(HttpClient http, string service, int i)
    {
        try
        {
            var answer = await ApiResponse.ReadAsync(await http.PostAsync(MessagesApi.Path, TestApi.Form(
                ("To", $"+1415555{i:0000}"), ("MessagingServiceSid", service), ("Body", $"Message {i}"))));
            return answer.Status == 201 ? answer["sid"] : null;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return null;
        }
    }
}

file static class ReceivedCallbacks
{
    public static bool Contains(this IReadOnlyCollection<ReceivedCallback> received, string sid, string status) =>
        received.Any(callback => callback.MessageSid == sid && callback.Status == status);
}
