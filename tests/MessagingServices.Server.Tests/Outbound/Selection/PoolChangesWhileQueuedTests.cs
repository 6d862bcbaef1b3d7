using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Selection;

/// <summary>Messages that wait for a sender when the pool changes: each ends, none hangs.</summary>
public sealed class PoolChangesWhileQueuedTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    [Fact]
    public async Task A_sender_removed_while_messages_wait_is_not_selected()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550001", "+14155550002");
        var waiting = await ScheduleAsync(service, 6);
        var number = (await server.GetAsync($"/v1/Services/{service}/PhoneNumbers")).Body!["phone_numbers"]!.AsArray()
            .Single(member => member!["phone_number"]!.ToString() == "+14155550001")!["sid"]!.ToString();
        await server.Api.Services.RemoveSenderAsync(service, number);

        await AdvanceAsync();

        foreach (var sid in waiting)
            Assert.Equal("+14155550002", (await server.Api.Messages.UntilAsync(sid, "delivered"))["from"]);
    }

    [Fact]
    public async Task The_last_sender_removed_while_messages_wait_fails_them_with_21704()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("ACME");
        var waiting = await ScheduleAsync(service, 3, "+447700900123");
        var alpha = (await server.GetAsync($"/v1/Services/{service}/AlphaSenders"))
            .Body!["alpha_senders"]![0]!["sid"]!.ToString();
        await server.Api.Services.RemoveSenderAsync(service, alpha);

        await AdvanceAsync();

        foreach (var sid in waiting)
            Assert.Equal("21704", (await server.Api.Messages.UntilAsync(sid, "failed"))["error_code"]);
    }

    [Fact]
    public async Task A_deleted_service_fails_its_waiting_messages_and_the_sent_ones_arrive()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550001", "rcs:agent", "12345/US", "ACME");
        var waiting = await ScheduleAsync(service, 3);
        var sent = await server.Api.Messages.SendAsync(("To", "+14155550123"), ("MessagingServiceSid", service),
            ("Body", "Now"));
        await server.Api.Messages.UntilAsync(sent, "sending");

        await server.DeleteAsync($"/v1/Services/{service}").ExpectAsync(204);
        await AdvanceAsync();

        Assert.Equal("rcs:agent", (await server.Api.Messages.UntilAsync(sent, "delivered"))["from"]);
        foreach (var sid in waiting)
            Assert.Equal("21701", (await server.Api.Messages.UntilAsync(sid, "failed"))["error_code"]);
        Assert.Empty((await server.GetAsync("/emulator/v1/StickySenders")).Body!["sticky_senders"]!.AsArray());
    }

    [Fact]
    public async Task A_named_sender_released_while_messages_wait_fails_them_with_21659()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550001");
        var named = await server.Api.Numbers.CreateAsync("+12125550001");
        var waiting = await ScheduleAsync(service, 1, "+14155550123", ("From", "+12125550001"));
        await server.DeleteAsync($"{NumbersApi.Root}/{named}.json").ExpectAsync(204);

        await AdvanceAsync();

        var failed = await server.Api.Messages.UntilAsync(waiting[0], "failed");
        Assert.Equal(("21659", "'From' is not a Twilio phone number or Short Code country mismatch"),
            (failed["error_code"], failed["error_message"]));
    }

    [Fact]
    public async Task A_fallback_sender_released_while_messages_wait_leaves_the_choice_to_the_pool()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550001", "rcs:agent");
        var fallback = await server.Api.Numbers.CreateAsync("+12125550001");
        await server.Api.DisableRcsAsync();
        var waiting = await ScheduleAsync(service, 1, "+14155550123", ("FallbackFrom", "+12125550001"));
        await server.DeleteAsync($"{NumbersApi.Root}/{fallback}.json").ExpectAsync(204);

        await AdvanceAsync();

        Assert.Equal("+14155550001", (await server.Api.Messages.UntilAsync(waiting[0], "delivered"))["from"]);
    }

    private async Task<List<string>> ScheduleAsync(
        string service, int count, string to = "+14155550123", params (string, string)[] more)
    {
        var now = (await server.GetAsync("/emulator/v1/Clock"))["now"]!;
        var sendAt = DateTimeOffset.Parse(now,
            System.Globalization.CultureInfo.InvariantCulture).AddHours(1).ToString("O");
        List<string> sids = [];
        for (var i = 0; i < count; i++)
        {
            sids.Add(await server.Api.Messages.SendAsync([("To", to), ("MessagingServiceSid", service),
                ("Body", "Later"), ("ScheduleType", "fixed"), ("SendAt", sendAt), .. more]));
        }

        return sids;
    }

    private Task<ApiResponse> AdvanceAsync() =>
        server.PostAsync("/emulator/v1/Clock", ("Advance", "PT2H")).ExpectAsync(200);
}
