using System.Collections.Concurrent;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// A day, and then a year, pass on the emulator's clock in seconds, with two servers on one PostgreSQL: scheduled
/// messages, senders that take their time, validity periods, carrier rules and links to media.
/// </summary>
[Collection(typeof(LoadTests))]
public sealed class DayOnTheClockTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int OverTheDay = 15_000;
    private const int AtOnce = 5_000;

    [Fact]
    public async Task Twenty_thousand_messages_go_when_they_should_and_none_is_stuck()
    {
        await using var media = await MediaServer.StartAsync();
        string[] options = ["--Clock:Frozen", "true", "--Throughput:Simulate", "true"];
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, options);
        await using var other = await ServerUnderTest.StartAsync(database.ConnectionString, options);
        var calm = await one.Api.Services.CreateWithPoolAsync("+14155550171", "+14155550172");
        var rush = await one.Api.Services.CreateWithPoolAsync("+14155550173");
        // Set on one server, they hold on the other.
        await one.Api.CreateAsync("/emulator/v1/CarrierRules", ("To", "+1415558*"), ("Outcome", "undelivered"),
            ("ErrorCode", "30003"));
        await one.Api.CreateAsync("/emulator/v1/CarrierRules", ("To", "+14155590000"), ("SupportsMms", "false"));
        var now = DateTimeOffset.Parse((await ApiResponse.ReadAsync(
            await one.Http.GetAsync("/emulator/v1/Clock")))["now"]!,
            null);

        await SendAllAsync(OverTheDay, i => ScheduledAsync(i % 2 == 0 ? one : other, calm,
            i % 10 == 0
                ? $"+1415558{i % 10_000:0000}"
                : $"+141555{6 + (i % 2)}{i % 10_000:0000}", now.AddMinutes(6).AddSeconds(i * 85_000.0 / OverTheDay)));
        await SendAllAsync(AtOnce,
            i => ScheduledAsync(i % 2 == 0 ? one : other, rush, $"+1415557{i % 10_000:0000}", now.AddHours(10)));
        var picture = await other.Api.Messages.SendAsync(("MessagingServiceSid", calm), ("To", "+14155590000"),
            ("Body", "Look"), ("MediaUrl", media.PictureUrl));
        await one.Api.Messages.UntilAsync(picture, "sending");

        await other.Api.UpdateAsync("/emulator/v1/Clock", ("Advance", "PT25H"));

        Assert.Equal(0L,
            await CountAsync(
            "SELECT (SELECT count(*) FROM message_queue) + (SELECT count(*) FROM media_queue) + (SELECT count(*) "
            + "FROM carrier_deliveries)"));
        var delivered =
            await CountAsync(
                $"SELECT count(*) FROM messages WHERE messaging_service_sid = '{calm}' AND status = 'delivered' AND "
                + $"send_at IS NOT NULL");
        var undelivered =
            await CountAsync(
                $"SELECT count(*) FROM messages WHERE messaging_service_sid = '{calm}' AND status = 'undelivered' "
                + $"AND error_code = 30003");
        // One number sends one segment a second: as many as the hour of their validity has seconds.
        var inTime =
            await CountAsync(
                $"SELECT count(*) FROM messages WHERE messaging_service_sid = '{rush}' AND status = 'delivered'");
        var late =
            await CountAsync(
                $"SELECT count(*) FROM messages WHERE messaging_service_sid = '{rush}' AND status = 'failed' AND "
                + $"error_code = 30036");
        Counted.Show(
            $"25 hours on the clock of two servers: of {OverTheDay} over the day {delivered} delivered, "
            + $"{undelivered} undelivered by a rule; of {AtOnce} at once {inTime} sent within their hour, {late} too "
            + $"late");
        Assert.Equal((OverTheDay * 9 / 10, OverTheDay / 10, 3_600, AtOnce - 3_600),
            (delivered, undelivered, inTime, late));
        // On time, though the clock jumped: with two numbers hardly anything waits.
        Assert.Equal(0L,
            await CountAsync(
            $"SELECT count(*) FROM messages WHERE messaging_service_sid = '{calm}' AND date_sent > send_at + "
            + $"interval '3 seconds'"));
        Assert.Equal(
            0L, await CountAsync($"SELECT count(*) FROM messages WHERE send_at IS NOT NULL AND date_sent < send_at"));

        var sms = await one.Api.Messages.UntilAsync(picture, "delivered");
        var link = sms["body"]!.Split('\n')[1];
        Assert.Equal(MediaServer.Picture, await one.Http.GetByteArrayAsync(link));
        await one.Api.UpdateAsync("/emulator/v1/Clock", ("Advance", "P365D"));
        Assert.Equal(410, (int)(await other.Http.GetAsync(new Uri(link).AbsolutePath)).StatusCode);
    }

    private static Task<string> ScheduledAsync(
        ServerUnderTest server, string service, string to,
        DateTimeOffset sendAt) => server.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", to),
        ("Body", "Hi"), ("ScheduleType", "fixed"), ("SendAt", sendAt.ToString("O")), ("ValidityPeriod", "3600"));

    private static async Task SendAllAsync(int count, Func<int, Task<string>> send)
    {
        var sids = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (i, _) => sids.Add(await send(i)));
        Assert.Equal(count, sids.Distinct().Count());
    }

    private async Task<long> CountAsync(string query) =>
        (long)(await Sql.ScalarAsync(database.ConnectionString, query))!;
}
