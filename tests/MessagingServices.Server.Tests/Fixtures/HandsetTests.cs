using Microsoft.AspNetCore.Http;
using Xunit.Sdk;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The handset finds each message once, whether the clock runs or is frozen.</summary>
public sealed class HandsetTests(MessagingServer running, FrozenMessagingServer frozen)
    : IClassFixture<MessagingServer>, IClassFixture<FrozenMessagingServer>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_meets_one_expectation_and_another_message_fails_the_test(bool isFrozen)
    {
        var (server, phone, send) = await PhoneAsync(isFrozen);
        var other = new Handset(server, NumbersApi.New());
        await send("Hello");
        await send("Hello again");

        var first = await phone.ExpectSmsAsync("Hello");
        Assert.Equal(("Hello", "outbound-api", "delivered"), (first.Body, first.Direction, first.Status));
        await Assert.ThrowsAnyAsync<XunitException>(phone.NoMoreAsync);
        var second = await phone.ExpectSmsAsync("Hello");
        Assert.Equal("Hello again", second.Body);
        await phone.NoMoreAsync();
        await other.NoMoreAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rejected_message_does_not_arrive(bool isFrozen)
    {
        var (server, phone, send) = await PhoneAsync(isFrozen);
        await phone.RejectAsync("spam");
        var rejected = await send("some spam");
        await send("Hello");

        await phone.ExpectSmsAsync("Hello");

        if (isFrozen) await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT1S")).ExpectAsync(200);
        Assert.Equal("30003", (await server.Api.Messages.UntilAsync(rejected, "undelivered"))["error_code"]);
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reply_to_a_pending_webhook_fails_the_test(bool withMedia)
    {
        await using var app = await InboundApp.StartAsync();
        await using var media = await MediaServer.StartAsync();
        var mayReply = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var url = app.Respond("/sms", async (_, context) =>
        {
            await mayReply.Task;
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync("Hello");
        });
        var number = NumbersApi.New();
        await running.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", number), ("SmsUrl", url));
        var phone = new Handset(running, NumbersApi.New());
        await phone.SendAsync(number, "Hi", withMedia ? [media.PictureUrl] : []);

        var noMore = phone.NoMoreAsync();
        await app.UntilAsync("/sms");
        mayReply.SetResult();

        await Assert.ThrowsAnyAsync<XunitException>(() => noMore);
    }

    private async Task<(MessagingServer Server, Handset Phone, Func<string, Task<string>> Send)> PhoneAsync(
        bool isFrozen)
    {
        var server = isFrozen ? frozen : running;
        var from = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(from);
        var phone = new Handset(server, NumbersApi.New());
        return (server, phone, body =>
            server.Api.Messages.SendAsync(("To", phone.Address), ("From", from), ("Body", body)));
    }
}
