using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Telemetry;

/// <summary>
/// What <c>/metrics</c> tells of the server's work. The server is a process of its own, since the meters of servers in
/// one process are not told apart.
/// </summary>
public sealed class MetricsTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly PostgresDatabase database = new(postgres);

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Messages_and_callbacks_are_counted_by_status_error_code_and_outcome()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var refusing = await Receiver.StartAsync(500);
        // A report that is due at once is applied when the message is handed over, not by the stage.
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString, "--Carrier:SentDelayMs",
            "500", "--Carrier:DeliveredDelayMs", "500");
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550161");
        await RuleAsync(server, "+14155550171", "30003");
        // A carrier rule may name any code: those that Twilio does not have are one.
        await RuleAsync(server, "+14155550172", "99998");
        await RuleAsync(server, "+14155550173", "99999");
        await SendAsync("+14155550170", receiver.Url, "delivered");
        await SendAsync("+14155550171", refusing.Url, "undelivered");
        await SendAsync("+14155550172", "", "undelivered");
        await SendAsync("+14155550173", "", "undelivered");

        var scrape = await Scrape.UntilAsync(server, scrape => scrape["webhooks_ended_total outcome=failed"] == 3
            && scrape["webhooks_ended_total outcome=delivered"] == 3
            && scrape["message_status_changes_total status=undelivered"] == 3);

        Assert.Equal(4, scrape["messages_accepted_total"]);
        Assert.Equal(4, scrape["message_status_changes_total status=queued"]);
        Assert.Equal(4, scrape["message_status_changes_total status=sending"]);
        Assert.Equal(4, scrape["message_status_changes_total status=sent"]);
        Assert.Equal(1, scrape["message_status_changes_total status=delivered"]);
        Assert.Equal(1, scrape["messages_failed_total error_code=30003 status=undelivered"]);
        Assert.Equal(2, scrape["messages_failed_total error_code=other status=undelivered"]);
        Assert.Null(scrape["messages_refused_total error_code=20429"]);
        Assert.Equal(3, scrape["webhook_attempt_duration_seconds_count result=2xx"]);
        Assert.Equal(3, scrape["webhook_attempt_duration_seconds_count result=5xx"]);
        Assert.Equal(4, scrape["intake_batch_size_sum"]);
        Assert.Equal(scrape["intake_batch_size_count"], scrape["intake_commit_duration_seconds_count"]);
        Assert.Equal(0, scrape["intake_waiting"]);
        Assert.Equal(4, scrape["stage_batch_size_sum stage=SelectSenders"]);
        // Reports on one message that are due together are one row.
        Assert.InRange(scrape["stage_batch_size_sum stage=ApplyCarrierReports"]!.Value, 4, 8);
        // The server delivers the callbacks of its own commits from memory: the stage has nothing to claim.
        Assert.Null(scrape["stage_batch_size_sum stage=DeliverWebhooks"]);
        Assert.True(scrape["stage_batch_duration_seconds_sum stage=SelectSenders"] > 0);
        // Labels have few values: nothing of accounts, numbers and URLs.
        foreach (var unbounded in new[] { MessagingServer.AccountSid, service, "1415555",
            new Uri(receiver.Url).Authority, "SM" })
            Assert.DoesNotContain(unbounded, scrape.Text, StringComparison.Ordinal);

        async Task SendAsync(string to, string statusCallback, string status) =>
            await server.Api.Messages.UntilAsync(await server.Api.Messages.SendAsync(("To", to),
                ("MessagingServiceSid", service), ("Body", "Hi"), ("StatusCallback", statusCallback)), status);
    }

    [Fact]
    public async Task What_waits_is_told_stage_by_stage_and_scheduled_messages_are_not_late()
    {
        // The other stages do not run anywhere.
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString, "--Pipeline:Stages",
            "SelectSenders");
        var service = await server.Api.Services.CreateWithCallbackAsync("http://127.0.0.1:1/", "+14155550162");
        for (var i = 0; i < 2; i++)
            await server.Api.Messages.SendAsync(("To", "+14155550170"), ("MessagingServiceSid", service),
                ("Body", "Hi"));
        await server.Api.Messages.SendAsync(("To", "+14155550170"), ("MessagingServiceSid", service), ("Body", "Hi"),
            ("ScheduleType", "fixed"), ("SendAt", TimeProvider.System.GetUtcNow().AddHours(1).ToString("O")));

        var scrape = await Scrape.UntilAsync(server,
            scrape => scrape["queue_length stage=HandToCarrier state=due"] == 2);

        Assert.Equal(1, scrape["database_up"]);
        Assert.Equal(0, scrape["queue_length stage=HandToCarrier state=later"]);
        Assert.True(scrape["queue_oldest_age_seconds stage=HandToCarrier"] > 0);
        Assert.Equal(0, scrape["queue_length stage=FetchMedia state=due"]);
        Assert.Equal(0, scrape["queue_length stage=SelectSenders state=due"]);
        Assert.Equal(1, scrape["queue_length stage=SelectSenders state=later"]);
        Assert.Equal(0, scrape["queue_oldest_age_seconds stage=SelectSenders"]);
        Assert.Equal(2, scrape["queue_length stage=DeliverWebhooks state=due"]);
        Assert.True(scrape["queue_oldest_age_seconds stage=DeliverWebhooks"] > 0);
        Assert.Equal(0, scrape["queue_length stage=ApplyCarrierReports state=due"]);
    }

    [Fact]
    public async Task It_is_read_only_and_other_paths_and_methods_are_refused_as_ever()
    {
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString);

        await server.Api.RequestAsync(HttpMethod.Post, "/metrics", ("a", "b")).ExpectErrorAsync(405, 20004);
        await server.Api.RequestAsync(HttpMethod.Delete, "/metrics").ExpectErrorAsync(405, 20004);
        await server.Api.RequestAsync(HttpMethod.Get, "/metrics/more").ExpectErrorAsync(404, 20404);
        Assert.Equal(200, (await server.Api.RequestAsync(HttpMethod.Head, "/metrics")).Status);
        Assert.DoesNotContain("/metrics", (await server.Http.GetStringAsync("/swagger/v1/swagger.json")),
            StringComparison.Ordinal);
    }

    private static Task<string> RuleAsync(ServerUnderTest server, string to, string errorCode) =>
        server.Api.CreateAsync("/emulator/v1/CarrierRules", ("To", to), ("Outcome", "undelivered"),
            ("ErrorCode", errorCode));
}
