using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>Servers of which each runs some of the stages work as one that runs them all.</summary>
public sealed class StagesApartTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Three_servers_select_hand_over_and_report_the_same_message()
    {
        await using var selecting = await StartAsync("SelectSenders");
        await using var handing = await StartAsync("HandToCarrier");
        await using var reporting = await StartAsync("ApplyCarrierReports");
        var service = await selecting.Api.Services.CreateWithPoolAsync("+14155550171");

        var sid = await selecting.Api.Messages.SendAsync(("To", "+14155550100"), ("MessagingServiceSid", service),
            ("Body", "Hi"));
        await selecting.Api.Messages.UntilAsync(sid, "delivered");

        Assert.Equal("accepted queued sending sent delivered", await StatusesAsync(sid));
        // Nothing is left to do, and what is put into the queue once more changes nothing.
        await Sql.ScalarAsync(database.ConnectionString,
            $"""
             INSERT INTO message_queue (message_sid, account_sid, stage, due_at, wake)
             SELECT sid, '{MessagingServer.AccountSid}', 'hand_to_carrier', now(), now()
             FROM (VALUES ('{sid}'), ('SM' || repeat('0', 32))) AS entry (sid)
             """);
        await Eventually.TrueAsync(
            async () => await Sql.ScalarAsync(database.ConnectionString, "SELECT count(*) FROM message_queue") is 0L,
            () => "The queue is not empty.");
        Assert.Equal("accepted queued sending sent delivered", await StatusesAsync(sid));
        Assert.Equal(0L, await Sql.ScalarAsync(database.ConnectionString, "SELECT count(*) FROM carrier_deliveries"));
    }

    private Task<ServerUnderTest> StartAsync(string stage) =>
        ServerUnderTest.StartAsync(database.ConnectionString, [.. Fast.Carrier, "--Pipeline:Stages", stage]);

    private async Task<object?> StatusesAsync(string sid) => await Sql.ScalarAsync(database.ConnectionString,
        $"SELECT string_agg(change ->> 'status', ' ') FROM messages, jsonb_array_elements(status_changes::jsonb) AS "
            + $"change WHERE sid = '{sid}'");
}
