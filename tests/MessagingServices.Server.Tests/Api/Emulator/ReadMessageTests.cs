using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>The recipient reads a message.</summary>
public sealed class ReadMessageTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task RCS_message_becomes_read_with_its_callback_after_the_others()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var sid = await SendByRcsAsync(receiver.Url);
        await server.Api.Messages.UntilAsync(sid, "delivered");

        var read = await server.PostAsync(PathOf(sid)).ExpectAsync(200);
        var again = await server.PostAsync(PathOf(sid)).ExpectAsync(200);

        Assert.Equal(("read", "read"), (read["status"], again["status"]));
        await receiver.UntilAsync(received => received.Count == 3);
        Assert.Equal(["sent", "delivered", "read"], receiver.Received.Select(callback => callback.Status));
        var statuses = await server.Api.Messages.StatusesAsync(sid);
        Assert.Equal("read", statuses[^1].Status);
    }

    [Fact]
    public async Task Message_that_is_still_sent_becomes_read_and_stays_it()
    {
        await server.PostAsync("/emulator/v1/CarrierRules", ("BodyContains", "slow"), ("DelayMs", "600000"))
            .ExpectAsync(201);
        var sid = await SendByRcsAsync(null, "slow");
        await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT10M")).ExpectAsync(200);
        await server.Api.Messages.UntilAsync(sid, "sent");

        await server.PostAsync(PathOf(sid)).ExpectAsync(200);
        await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT1H")).ExpectAsync(200);

        Assert.Equal("read", (await server.GetAsync(MessagesApi.PathOf(sid)))["status"]);
        Assert.DoesNotContain("delivered", (await server.Api.Messages.StatusesAsync(sid)).Select(one => one.Status));
    }

    [Fact]
    public async Task SMS_inbound_and_unknown_messages_are_refused()
    {
        var number = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(number);
        var sms = await server.Api.Messages.SendAsync(("From", number), ("To", Handset.NewAddress()), ("Body", "Hi"));
        await server.Api.Messages.UntilAsync(sms, "delivered");
        var inbound = await Handset.New(server).SendAsync(number, "Hi");

        await server.PostAsync(PathOf(sms)).ExpectErrorAsync(400, 20001);
        await server.PostAsync(PathOf(inbound["sid"]!)).ExpectErrorAsync(400, 20001);
        await server.PostAsync(PathOf("SM00000000000000000000000000000001")).ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task Failed_message_cannot_be_read()
    {
        await server.PostAsync(
            "/emulator/v1/CarrierRules", ("BodyContains", "lost"), ("Outcome", "undelivered"), ("ErrorCode", "30003"))
            .ExpectAsync(201);
        var sid = await SendByRcsAsync(null, "lost");
        await server.Api.Messages.UntilAsync(sid, "undelivered");

        await server.PostAsync(PathOf(sid)).ExpectErrorAsync(400, 20001);
    }

    private static string PathOf(string sid) => $"/emulator/v1/Messages/{sid}/Read";

    private async Task<string> SendByRcsAsync(string? callback, string body = "Hi")
    {
        var agent = ChannelSendersApi.NewAgent();
        await server.Api.ChannelSenders.CreateAsync(agent);
        return await server.Api.Messages.SendAsync(
            [("From", agent), ("To", $"rcs:{Handset.NewAddress()}"), ("Body", body),
                .. callback is null ? Array.Empty<(string, string)>() : [("StatusCallback", callback)]]);
    }
}
