using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// A database of the version with one clock for all accounts: each account keeps the time that it had, and what waits
/// keeps its due time.
/// </summary>
public sealed class UpgradeOfTheClockTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string SchemaBefore = "20261129155316_Accounts";
    private const string To = "+14155552671";
    private static readonly string[] Before =
        ["--Clock:Frozen", "true", "--Pipeline:MaxMessagesInMemory", "0", "--Carrier:SentDelayMs", "3600000"];

    [Fact]
    public async Task Nothing_is_sent_early_or_late()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        DateTimeOffset frozen;
        string scheduled, withCarrier, other;
        DateTimeOffset sendAt;
        await using (var server = await ServerUnderTest.StartAsync(database.ConnectionString, Before))
        {
            var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550171");
            frozen = await server.Api.Clock.ChangeAsync(("Advance", "P3D"));
            sendAt = ClockApi.Parse($"{frozen.AddDays(1):yyyy-MM-dd'T'HH:mm:ss}.000Z");
            scheduled = await server.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", To),
                ("Body", "Hi"), ("ScheduleType", "fixed"), ("SendAt", ClockApi.Iso(sendAt)));
            withCarrier = await server.Api.Messages.SendAsync(
                ("MessagingServiceSid", service), ("To", To), ("Body", "Hi"));
            await server.Api.Messages.UntilAsync(withCarrier, "sending");
            await receiver.UntilAsync(received => received.Count == 1);
            other = (await server.Api.PostAsync("/2010-04-01/Accounts.json").ExpectAsync(201))["sid"]!;
            await server.StopAsync();
            // A server that does not send webhooks leaves a callback.
            await using var silent = await ServerUnderTest.StartAsync(
                database.ConnectionString, [.. Before, "--Pipeline:Stages", "SelectSenders,HandToCarrier"]);
            await silent.Api.Messages.UntilAsync(await silent.Api.Messages.SendAsync(
                ("MessagingServiceSid", service), ("To", To), ("Body", "Hi")), "sending");
            await silent.StopAsync();
        }

        await MigrateAsync(SchemaBefore);
        Assert.Equal(frozen, await AtAsync("SELECT frozen_at FROM clock"));
        Assert.Equal(sendAt, await AtAsync("SELECT max(due) FROM message_queue"));
        var report = await AtAsync($"SELECT due FROM carrier_deliveries WHERE message_sid = '{withCarrier}'");
        await using var after = await ServerUnderTest.StartAsync(database.ConnectionString);

        await receiver.UntilAsync(received => received.Count == 2);
        Assert.Equal(frozen, await after.Api.Clock.NowAsync());
        Assert.Equal(frozen, await AtAsync($"SELECT frozen_at FROM account_clocks WHERE account_sid = '{other}'"));
        Assert.Equal("sending", (await after.Api.GetAsync(MessagesApi.PathOf(withCarrier)))["status"]);
        await after.Api.Clock.ChangeAsync(("Advance", "PT2H"));
        Assert.Contains(("sent", report), await after.Api.Messages.StatusesAsync(withCarrier));
        Assert.Equal("scheduled", (await after.Api.GetAsync(MessagesApi.PathOf(scheduled)))["status"]);
        await after.Api.Clock.ChangeAsync(("Advance", "P1D"));
        Assert.Contains(("queued", sendAt), await after.Api.Messages.StatusesAsync(scheduled));
    }

    private async Task<DateTimeOffset> AtAsync(string sql)
    {
        var time = (DateTime)(await Sql.ScalarAsync(database.ConnectionString, sql))!;
        // The API shows milliseconds.
        return new(time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond)), TimeSpan.Zero);
    }

    private async Task MigrateAsync(string migration)
    {
        await using var db = new MessagingDb(
            new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database.ConnectionString).Options);
        await db.GetService<IMigrator>().MigrateAsync(migration);
    }
}
