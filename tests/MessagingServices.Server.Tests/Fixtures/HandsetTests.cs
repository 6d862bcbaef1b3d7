using Xunit.Sdk;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The handset sees what came, and only once; whether the clock runs or stands.</summary>
public sealed class HandsetTests(MessagingServer running, FrozenMessagingServer frozen) : IClassFixture<MessagingServer>, IClassFixture<FrozenMessagingServer>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_message_is_expected_once_and_another_is_one_too_many(bool standing)
    {
        var (server, phone, send) = await PhoneAsync(standing);
        var other = new Handset(server, Requests.NewNumber());
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
    public async Task What_it_rejects_does_not_arrive(bool standing)
    {
        var (server, phone, send) = await PhoneAsync(standing);
        await phone.RejectAsync("spam");
        var rejected = await send("some spam");
        await send("Hello");

        await phone.ExpectSmsAsync("Hello");

        if (standing) await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT1S")).ExpectAsync(200);
        Assert.Equal("30003", (await Calls.UntilStatusAsync(server.Http, rejected, "undelivered"))["error_code"]);
        await phone.NoMoreAsync();
    }

    private async Task<(MessagingServer Server, Handset Phone, Func<string, Task<string>> Send)> PhoneAsync(bool standing)
    {
        var server = standing ? frozen : running;
        var from = Requests.NewNumber();
        await server.NewNumberSidAsync(from);
        var phone = new Handset(server, Requests.NewNumber());
        return (server, phone, body => Calls.SendAsync(server.Http, ("To", phone.Address), ("From", from), ("Body", body)));
    }
}
