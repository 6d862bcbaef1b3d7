using MessagingServices.Server.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// A database of the version before messages moved in memory, with messages under way in every state.
/// </summary>
public sealed class UpgradeTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int OfEachState = 30;
    private const string SchemaBefore = "20261125235421_InboundMessages";
    private static readonly string[] ThroughQueues = ["--Pipeline:MaxMessagesInMemory", "0"];
    private static readonly string[] CarrierWaits = [.. ThroughQueues, "--Carrier:SentDelayMs", "3600000"];

    [Fact]
    public async Task Messages_under_way_are_finished_once_and_in_order()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        List<string> accepted = [];
        await using (var before = await ServerUnderTest.StartAsync(database.ConnectionString, CarrierWaits))
        {
            await PipelinePromises.CountHandOversAsync(database.ConnectionString);
            var service = await before.Api.Services.CreateWithCallbackAsync(
                receiver.Url, "+14155550171", "+14155550172");
            // With the carrier, and the first callback delivered.
            accepted.AddRange(await SendAsync(before, service, 0));
            await receiver.UntilAsync(received => received.Count == OfEachState);
            await before.StopAsync();
            // With the carrier, and the first callback not delivered.
            await using var silent = await ServerUnderTest.StartAsync(
                database.ConnectionString, [.. CarrierWaits, "--Pipeline:Stages", "SelectSenders,HandToCarrier"]);
            accepted.AddRange(await SendAsync(silent, service, 1));
            foreach (var sid in accepted) await silent.Api.Messages.UntilAsync(sid, "sending");
            await silent.StopAsync();
            // Accepted.
            await using var front = await ServerUnderTest.StartAsync(
                database.ConnectionString, "--Pipeline:Stages", "");
            accepted.AddRange(await SendAsync(front, service, 2));
            await front.StopAsync();
        }

        await MigrateAsync(SchemaBefore);
        await using var after = await ServerUnderTest.StartAsync(database.ConnectionString);
        await after.Api.Clock.ChangeAsync(("Advance", "PT2H"));

        var (stored, repeated) = await PipelinePromises.CheckAsync(
            "upgrade of the database", database.ConnectionString, accepted, receiver);
        Assert.Equal((3 * OfEachState, 0), (stored, repeated));
        var timeline = await after.Api.GetAsync($"/emulator/v1/Messages/{accepted[0]}/Timeline");
        Assert.StartsWith("+1415555017", timeline.Body!["sender_selection"]!["chosen"]!.ToString());
    }

    private async Task MigrateAsync(string migration)
    {
        await using var db = new MessagingDb(
            new DbContextOptionsBuilder<MessagingDb>().UseMessagingPostgres(database.ConnectionString).Options);
        await db.GetService<IMigrator>().MigrateAsync(migration);
    }

    private static async Task<string[]> SendAsync(ServerUnderTest server, string service, int batch) =>
        await Task.WhenAll(Enumerable.Range(batch * OfEachState, OfEachState).Select(number =>
            server.Api.Messages.SendAsync(("To", $"+1415559{number:0000}"), ("MessagingServiceSid", service),
                ("Body", $"Message {number}"))));
}
