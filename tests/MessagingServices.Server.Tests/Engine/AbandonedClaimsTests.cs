using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Engine;

/// <summary>No claim outlives its owner, however the owner ended.</summary>
public sealed class AbandonedClaimsTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    [Fact]
    public async Task A_webhook_claimed_by_an_unknown_server_is_sent()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550166");
        var sid = await ScheduledAsync(service);
        await Sql.ScalarAsync(server.ConnectionString,
            $"""
             WITH owed AS (
                 INSERT INTO webhooks (sid, account_sid, message_sid, kind, method, url, parameters, idempotency_token,
                     date_created, attempts, outcome)
                 VALUES ('WH' || substr('{sid}', 3), '{MessagingServer.AccountSid}', '{sid}', 'status_callback',
                     'POST', '{receiver.Url}',
                     '[]', gen_random_uuid(), now(), '[]', 'pending') RETURNING sid)
             INSERT INTO webhook_queue (webhook_sid, account_sid, message_sid, endpoint, claimed_by, claimed_at)
             SELECT sid, '{MessagingServer.AccountSid}', '{sid}',
                 '{new Uri(receiver.Url).GetLeftPart(UriPartial.Authority)}', gen_random_uuid(), now()
                 FROM owed
             """);

        await receiver.UntilAsync(received => received.Count > 0);
    }

    private async Task<string> ScheduledAsync(string service)
    {
        var now = DateTimeOffset.Parse((await server.GetAsync("/emulator/v1/Clock"))["now"]!,
            System.Globalization.CultureInfo.InvariantCulture);
        return await server.Api.Messages.SendAsync(("To", "+14155550100"), ("MessagingServiceSid", service),
            ("Body", "Later"),
            ("ScheduleType", "fixed"), ("SendAt", now.AddHours(1).ToString("O")));
    }
}
