using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>kill -9 in the midst of delayed, doubled, reordered and dropped callbacks.</summary>
public sealed class KilledUnderWebhookRulesTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int Each = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Callbacks_that_are_owed_arrive_and_dropped_ones_stay_dropped()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var killed = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.NoDelay);
        var service = await killed.Api.Services.CreateWithCallbackAsync(
            receiver.Url, NumbersApi.New(), NumbersApi.New());
        var rules = killed.Api.WebhookRules;
        await rules.CreateAsync(("To", "+14155581*"), ("Status", "queued"), ("DelayMs", "3000"));
        await rules.CreateAsync(("To", "+14155582*"), ("Duplicate", "true"));
        await rules.CreateAsync(("To", "+14155583*"), ("Reorder", "true"), ("HoldMs", WebhookRulesApi.Forever));
        var drops = await rules.CreateAsync(("To", "+14155584*"), ("Status", "sent"), ("Drop", "true"));
        // Requests are in flight when the server dies.
        receiver.RespondsAfter = TimeSpan.FromMilliseconds(30);

        var sids = new string[4 * Each];
        await Parallel.ForEachAsync(Enumerable.Range(0, sids.Length),
            new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            sids[i] = await killed.Api.Messages.SendAsync(("To", $"+1415558{1 + (i % 4)}{i:000}"),
                ("MessagingServiceSid", service), ("Body", "Hi")));
        await receiver.UntilAsync(received => received.Count >= Each);
        await killed.KillAsync();
        var before = receiver.Received.Count;
        await using var successor = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.NoDelay);

        await Eventually.TrueAsync(async () => await Sql.ScalarAsync(database.ConnectionString,
            """
            SELECT (SELECT count(*) FROM webhook_queue) + (SELECT count(*) FROM owned_messages)
                + (SELECT count(*) FROM messages WHERE status <> 'delivered')
            """) is 0L, () => "Callbacks are left.", Patience);

        Counted.Show($"kill -9 after {before} callbacks under webhook rules, {receiver.Received.Count} in all");
        var received = receiver.Received.ToLookup(callback => callback.MessageSid);
        for (var i = 0; i < sids.Length; i++)
        {
            var callbacks = received[sids[i]].ToList();
            string[] expected = (i % 4) switch
            {
                2 => ["delivered", "queued", "sent"],
                3 => ["queued", "delivered"],
                _ => ["queued", "sent", "delivered"],
            };
            Assert.Equal(expected, callbacks.DistinctBy(callback => callback.Token).Select(one => one.Status));
            if (i % 4 == 1)
                Assert.All(callbacks.CountBy(callback => callback.Token), one => Assert.True(one.Value >= 2));
        }

        Assert.Equal($"{Each}", await successor.Api.WebhookRules.TimesUsedAsync(drops));
        Assert.Equal((long)Each, await Sql.ScalarAsync(
            database.ConnectionString, "SELECT count(*) FROM webhooks WHERE outcome = 'dropped' AND attempts = '[]'"));
    }
}
