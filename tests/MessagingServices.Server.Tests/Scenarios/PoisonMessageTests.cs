using System.Globalization;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// A stored message that a stage cannot write: the other messages of its batch, and those after it, move on.
/// </summary>
public sealed class PoisonMessageTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private const int Messages = 40;

    [Theory]
    [InlineData("queued")]
    [InlineData("sending")]
    [InlineData("sent")]
    [InlineData("delivered")]
    public async Task A_message_that_cannot_reach_a_status_fails_alone_with_30008(string unreachable)
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var (poison, others) = await SendAsync(
            receiver, $$"""NEW.status_changes::jsonb @> '[{"status": "{{unreachable}}"}]'""");

        await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT2H"));

        foreach (var sid in others) await server.Api.Messages.UntilAsync(sid, "delivered");
        var failed = await server.Api.Messages.UntilAsync(poison, "failed");
        Assert.Equal("30008", failed["error_code"]);
        await receiver.UntilAsync(received => received.Count(callback => callback.Status == "delivered") == Messages
            && received.Any(callback => callback.MessageSid == poison && callback.Status == "failed"));
        Assert.Equal(0L, await LeftAsync());
    }

    [Fact]
    public async Task A_message_that_was_sent_and_cannot_be_delivered_is_undelivered()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var (poison, others) = await SendAsync(
            receiver, """NEW.status_changes::jsonb @> '[{"status": "delivered"}]'""");

        // The carrier takes 10 ms a step: between the two reports the clock is frozen.
        await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT1H0.015S"));
        Assert.Equal("sent", (await server.GetAsync(MessagesApi.PathOf(poison)))["status"]);
        await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT1H"));

        foreach (var sid in others) await server.Api.Messages.UntilAsync(sid, "delivered");
        Assert.Equal("30008", (await server.Api.Messages.UntilAsync(poison, "undelivered"))["error_code"]);
        Assert.Equal(0L, await LeftAsync());
    }

    [Fact]
    public async Task A_message_that_cannot_be_written_at_all_stays_as_it_is_and_delays_no_other()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var (poison, others) = await SendAsync(receiver, "true");

        await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT2H"));

        foreach (var sid in others) await server.Api.Messages.UntilAsync(sid, "delivered");
        Assert.Equal("scheduled", (await server.GetAsync(MessagesApi.PathOf(poison)))["status"]);
        Assert.Equal(0L, await LeftAsync());
    }

    private Task<object?> LeftAsync() => Sql.ScalarAsync(server.ConnectionString,
        "SELECT (SELECT count(*) FROM message_queue) + (SELECT count(*) FROM carrier_deliveries)");

    /// <summary>
    /// Schedules messages for one moment, so that they are one batch. One of them cannot be updated when the condition
    /// holds.
    /// </summary>
    private async Task<(string Poison, List<string> Others)> SendAsync(CallbackReceiver receiver, string condition)
    {
        await server.Api.ResetAsync();
        await Sql.ScalarAsync(server.ConnectionString,
            $"""
             CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN RAISE EXCEPTION 'It cannot be written.' USING ERRCODE = 'check_violation'; END $$;
             CREATE OR REPLACE TRIGGER refuse BEFORE UPDATE ON messages FOR EACH ROW WHEN (NEW.body = 'Poison' AND
                 {condition}) EXECUTE FUNCTION refuse();
             """);
        var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url, "+14155550171", "+14155550172");
        var now = DateTimeOffset.Parse((await server.GetAsync("/emulator/v1/Clock"))["now"]!,
            CultureInfo.InvariantCulture);
        var poison = "";
        List<string> others = [];
        for (var i = 0; i <= Messages; i++)
        {
            var sid = await server.Api.Messages.SendAsync(("To", $"+1415558{i:0000}"), ("MessagingServiceSid", service),
                ("Body", i == Messages / 3 ? "Poison" : "Hello"), ("ScheduleType", "fixed"),
                ("SendAt", now.AddHours(1).ToString("O")));
            if (i == Messages / 3) poison = sid;
            else others.Add(sid);
        }

        return (poison, others);
    }
}
