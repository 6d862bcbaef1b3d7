using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Outbound.Throughput;

/// <summary>A server with a frozen clock and simulated throughput.</summary>
public sealed class UnhurriedMessagingServer(PostgresServer postgres) : MessagingServer(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> Settings =>
        [new("Clock:Frozen", "true"), new("Throughput:Simulate", "true")];
}

/// <summary>
/// With Throughput:Simulate each sender sends at its rate, and what comes faster waits, on the emulator's clock.
/// </summary>
public sealed class ThroughputTests(UnhurriedMessagingServer server) : IClassFixture<UnhurriedMessagingServer>
{
    [Fact]
    public async Task A_number_sends_one_segment_a_second_to_the_US()
    {
        await server.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", "+14155550201"));
        var sids = await SendAsync(4,
            i => [("From", "+14155550201"), ("To", $"+1415555130{i}"), ("Body", new string('a', i == 0 ? 161 : 1))]);
        await server.Api.Messages.UntilAsync(sids[0], "sending");
        Assert.Equal("queued", (await server.GetAsync(MessagesApi.PathOf(sids[1])))["status"]);

        await AdvanceAsync("PT10S");

        Assert.Equal([0, 2, 3, 4], await TurnsAsync(sids));
        foreach (var sid in sids) await server.Api.Messages.UntilAsync(sid, "delivered");
    }

    [Fact]
    public async Task A_number_of_two_accounts_has_two_queues()
    {
        await server.Api.Numbers.CreateAsync("+14155550203");
        var other = await TestAccount.CreateAsync(server.Http);
        await other.Api.Numbers.CreateAsync("+14155550203");
        await SendAsync(2,
            i => [("From", "+14155550203"), ("To", $"+1415555134{i}"), ("Body", new string('a', 1_600))]);

        var sid = await other.Api.Messages.SendAsync(
            ("From", "+14155550203"), ("To", "+14155551340"), ("Body", "Hi"));

        await other.Api.Messages.UntilAsync(sid, "sending");
    }

    [Fact]
    public async Task The_messages_of_a_pool_take_as_long_as_its_senders_need_together()
    {
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550211", "+14155550212", "+14155550213",
            "+14155550214");
        var sids = await SendAsync(80,
            i => [("MessagingServiceSid", service), ("To", $"+1415556{1000 + i}"), ("Body", "Hi")]);

        await AdvanceAsync("PT1M");

        // Twenty seconds of each of four numbers.
        var turns = await TurnsAsync(sids);
        Assert.Equal(Enumerable.Range(0, 20).SelectMany(second => Enumerable.Repeat((int?)second, 4)), turns.Order());
        foreach (var sid in sids) await server.Api.Messages.UntilAsync(sid, "delivered");
    }

    [Fact]
    public async Task The_sender_for_which_the_fewest_segments_wait_is_selected()
    {
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550221", "+14155550222");
        // The first number was used longest ago, but much waits for it.
        await SendAsync(2, _ => [("MessagingServiceSid", service), ("From", "+14155550221"), ("To", "+14155551320"),
            ("Body", new string('a', 1_600))]);

        var sids = await SendAsync(3,
            i => [("MessagingServiceSid", service), ("To", $"+1415555133{i}"), ("Body", "Hi")]);

        foreach (var sid in sids)
            Assert.Equal("+14155550222", (await server.Api.Messages.UntilAsync(sid, "queued", "sending"))["from"]);
        var steps = (await server.GetAsync($"/emulator/v1/Messages/{sids[2]}/Timeline"))
            .Body!["sender_selection"]!["steps"]!.AsArray();
        Assert.Contains("more segments wait for it", steps[^1]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_waits_longer_than_its_validity_period_fails_and_uses_no_send_slot()
    {
        await server.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", "+14155550231"));
        var sids = await SendAsync(6,
            i => [("From", "+14155550231"), ("To", $"+1415555134{i}"), ("Body", "Hi"),
                ("ValidityPeriod", i < 5 ? "3" : "600")]);

        await AdvanceAsync("PT1M");

        Assert.Equal([0, 1, 2, null, null, 3], await TurnsAsync(sids));
        foreach (var sid in sids[3..5])
        {
            var failed = await server.GetAsync(MessagesApi.PathOf(sid));
            Assert.Equal(("failed", "30036"), (failed["status"], failed["error_code"]));
            Assert.Equal(3, await SecondsUntilAsync(sid, "failed"));
        }
    }

    [Fact]
    public async Task A_number_that_ten_hours_wait_for_takes_no_more()
    {
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550241");
        await SendAsync(1, _ => [("From", "+14155550241"), ("To", "+14155551350"), ("Body", "Hi")]);
        await Sql.ScalarAsync(server.ConnectionString,
            "UPDATE sender_backlogs SET free_at = free_at + interval '10 hours' WHERE name = '+14155550241'");

        var refused = await server.PostAsync(MessagesApi.Path, ("From", "+14155550241"), ("To", "+14155551351"),
            ("Body", "Hi"));
        Assert.Equal((400, "21611"), (refused.Status, refused["code"]));
        var sid = await server.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", "+14155551352"),
            ("Body", "Hi"));
        Assert.Equal("30001", (await server.Api.Messages.UntilAsync(sid, "failed"))["error_code"]);

        await AdvanceAsync("PT2S");
        await server.Api.Messages.SendAsync(("From", "+14155550241"), ("To", "+14155551353"), ("Body", "Hi"));
    }

    [Fact]
    public async Task In_a_jump_of_the_clock_media_do_not_lose_their_turn_to_what_is_due_later()
    {
        await using var slow = await MediaServer.StartAsync();
        await using var fast = await MediaServer.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("12345/US");
        var now = await server.Api.Clock.ChangeAsync(("Frozen", "true"));
        // The picture that is due first comes last, after texts and a picture of many hours later.
        var late = slow.Serve("image/png", MediaServer.Picture, () => Task.Delay(500));
        List<(string Sid, DateTimeOffset SendAt)> sent = [];
        foreach (var (hours, more) in new (int, (string, string)[])[] { (1, [("MediaUrl", late)]),
            (20, [("MediaUrl", fast.PictureUrl)]), (21, []), (22, []) })
        {
            var sendAt = now.AddHours(hours);
            sent.Add((await server.Api.Messages.SendAsync([("MessagingServiceSid", service),
                ("To", $"+141555513{60 + hours}"), ("Body", "Hi"),
                ("ScheduleType", "fixed"), ("SendAt", sendAt.ToString("O")), .. more]), sendAt));
        }

        await AdvanceAsync("P1D");

        foreach (var (sid, sendAt) in sent)
        {
            var message = await server.Api.Messages.UntilAsync(sid, "delivered");
            Assert.InRange(DateTimeOffset.Parse(message["date_sent"]!,
                System.Globalization.CultureInfo.InvariantCulture) - sendAt, TimeSpan.FromSeconds(-1),
                    TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public async Task An_sms_made_of_an_mms_gets_the_number_for_which_the_fewest_segments_of_SMS_wait()
    {
        await using var media = await MediaServer.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550251", "+14155550252");
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", "+14155551390"),
            ("SupportsMms", "false")).ExpectAsync(201);
        await SendAsync(2, _ => [("MessagingServiceSid", service), ("From", "+14155550251"), ("To", "+14155551391"),
            ("Body", new string('a', 1_600))]);

        var sid = await server.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", "+14155551390"),
            ("Body", "Look"), ("MediaUrl", media.PictureUrl));

        Assert.Equal("+14155550252", (await server.Api.Messages.UntilAsync(sid, "queued", "sending"))["from"]);
    }

    [Fact]
    public async Task A_reset_leaves_nothing_waiting()
    {
        await server.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", "+14155550261"));
        await SendAsync(3, i => [("From", "+14155550261"), ("To", $"+1415555137{i}"), ("Body", "Hi")]);
        Assert.True((long)(await Sql.ScalarAsync(server.ConnectionString,
            "SELECT count(*) FROM sender_backlogs WHERE name = '+14155550261'"))! > 0);

        await server.PostAsync("/emulator/v1/Reset").ExpectAsync(204);

        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            "SELECT count(*) FROM sender_backlogs WHERE name = '+14155550261'"));
    }

    /// <summary>Sends messages one after the other, each on its way before the next one.</summary>
    private async Task<List<string>> SendAsync(int count, Func<int, (string, string)[]> message)
    {
        List<string> sids = [];
        for (var i = 0; i < count; i++)
        {
            sids.Add(await server.Api.Messages.SendAsync(message(i)));
            await server.Api.Messages.UntilAsync(sids[^1], "queued", "sending", "sent", "failed");
            await CallbackServer.UntilAsync(async () => await Sql.ScalarAsync(server.ConnectionString,
                $"SELECT 1 FROM message_queue WHERE message_sid = '{sids[^1]}' AND NOT has_turn") is null,
                    "the message has its turn");
        }

        return sids;
    }

    private Task<DateTimeOffset> AdvanceAsync(string duration) => server.Api.Clock.ChangeAsync(("Advance", duration));

    /// <summary>
    /// How many seconds after the first message each was handed to the carrier; null when it was not.
    /// </summary>
    private async Task<IReadOnlyList<int?>> TurnsAsync(List<string> sids)
    {
        List<DateTimeOffset?> turns = [];
        foreach (var sid in sids) turns.Add(DateOf(await StatusesAsync(sid), "sending"));
        return [.. turns.Select(turn => turn is null ? (int?)null
            : (int)Math.Round((turn.Value - turns[0]!.Value).TotalSeconds))];
    }

    private async Task<int> SecondsUntilAsync(string sid, string status)
    {
        var statuses = await StatusesAsync(sid);
        return (int)Math.Round((DateOf(statuses, status)!.Value - DateOf(statuses, "queued")!.Value).TotalSeconds);
    }

    private async Task<JsonArray> StatusesAsync(string sid) =>
        (await server.GetAsync($"/emulator/v1/Messages/{sid}/Timeline")).Body!["statuses"]!.AsArray();

    private static DateTimeOffset? DateOf(JsonArray statuses, string status) =>
        statuses.FirstOrDefault(step => (string)step!["status"]! == status)?["date"] is { } date
            ? DateTimeOffset.Parse((string)date!, null)
            : null;
}
