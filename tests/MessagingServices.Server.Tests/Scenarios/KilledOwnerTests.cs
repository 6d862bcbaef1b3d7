using System.Diagnostics;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// A server is killed with thousands of status callbacks in its memory, beside one that takes its messages over.
/// </summary>
[Collection(typeof(LoadTests))]
public sealed class KilledOwnerTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task Its_callbacks_are_delivered_in_order_by_the_other_one()
    {
        var messages = TestSize.Of(500, 8_000);
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var killed = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.NoDelay);
        await PipelinePromises.CountHandOversAsync(database.ConnectionString);
        var service = await killed.Api.Services.CreateWithCallbackAsync(
            receiver.Url, NumbersApi.New(), NumbersApi.New());
        List<string> accepted = [await SendAsync(killed, service, 0)];
        await receiver.UntilAsync(received => received.Count == 3);
        await using var other = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.NoDelay);

        // An endpoint that responds late, but within a second, keeps its place in memory.
        receiver.RespondsAfter = Slow;
        var sids = new string[messages];
        await Parallel.ForEachAsync(Enumerable.Range(0, messages), new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (number, _) => sids[number] = await SendAsync(killed, service, number));
        accepted.AddRange(sids);
        await UntilAsync("SELECT count(*) FROM messages WHERE status <> 'delivered'", "Not all are delivered.");
        var inMemory = await CountAsync(
            "SELECT 3 * (SELECT count(*) FROM owned_messages) - (SELECT count(*) FROM webhooks "
            + "JOIN owned_messages USING (message_sid))");
        var owner = await Sql.ScalarAsync(database.ConnectionString, "SELECT owner FROM owned_messages LIMIT 1");

        await killed.KillAsync();
        var since = Stopwatch.GetTimestamp();
        receiver.RespondsAfter = TimeSpan.Zero;
        var before = await CountAsync($"SELECT count(*) FROM owned_messages WHERE owner = '{owner}'");
        await Eventually.TrueAsync(
            async () => await CountAsync($"SELECT count(*) FROM owned_messages WHERE owner = '{owner}'") < before,
            () => "No message was taken over.", Patience);
        var first = Stopwatch.GetElapsedTime(since);
        await UntilAsync($"SELECT count(*) FROM owned_messages WHERE owner = '{owner}'", "Messages are left.");
        var last = Stopwatch.GetElapsedTime(since);
        await UntilAsync(
            "SELECT (SELECT count(*) FROM webhook_queue) + (SELECT count(*) FROM owned_messages)",
            "Callbacks are left.");
        var done = Stopwatch.GetElapsedTime(since);

        Counted.Show($"kill -9 with {inMemory:N0} callbacks in memory: the first message is taken over after "
            + $"{first.TotalSeconds:0.0} s, the last after {last.TotalSeconds:0.0} s, all callbacks are delivered "
            + $"after {done.TotalSeconds:0.0} s");
        Assert.InRange(inMemory, messages, 3 * messages);
        await PipelinePromises.CheckAsync(
            $"kill -9 with {inMemory:N0} callbacks in memory", database.ConnectionString, accepted, receiver);
    }

    private async Task<long> CountAsync(string query) =>
        (long)(await Sql.ScalarAsync(database.ConnectionString, query))!;

    private Task UntilAsync(string query, string message) =>
        Eventually.TrueAsync(async () => await CountAsync(query) == 0, () => message, Patience);

    private static Task<string> SendAsync(ServerUnderTest server, string service, int number) =>
        server.Api.Messages.SendAsync(("To", $"+1415{3_000_000 + number}"), ("MessagingServiceSid", service),
            ("Body", $"Message {number}"));
}
