using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Selection;

public sealed class NoSenderFitsTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task An_empty_pool_fails_the_message_with_21704() => await AssertFailsAsync("21704", "+14155550100");

    [Fact]
    public async Task A_pool_that_does_not_reach_the_recipient_fails_the_message_with_21703() =>
        await AssertFailsAsync("21703", "+14155550100", "+447700900121");

    [Fact]
    public async Task A_recipient_on_whatsapp_is_not_reached_from_a_phone_number() =>
        await AssertFailsAsync("21703", "whatsapp:+14155550100", "+14155550122");

    [Fact]
    public async Task The_failure_is_reported_with_its_code()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url);

        await server.Api.Messages.SendAsync(("To", "+14155550100"), ("MessagingServiceSid", service),
            ("Body", "Hello"));

        await receiver.UntilAsync(received => received.Count > 0);
        Assert.Equal(["failed"], receiver.Received.Select(callback => callback.Status));
    }

    [Theory]
    [InlineData("21704")]
    [InlineData("21703", "+447700900123")]
    public async Task With_synchronous_validation_the_request_is_refused_at_once(string code, params string[] pool)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(pool);
        await server.PostAsync($"/v1/Services/{service}", ("SynchronousValidation", "true"));

        var refused = await server.PostAsync(MessagesApi.Path, ("To", "+14155550100"), ("MessagingServiceSid", service),
            ("Body", "Hello"));

        Assert.Equal((400, code), (refused.Status, refused["code"]));
    }

    [Fact]
    public async Task A_scheduled_message_is_judged_when_it_is_sent_even_with_synchronous_validation()
    {
        var service = await server.Api.Services.CreateWithPoolAsync();
        await server.PostAsync($"/v1/Services/{service}", ("SynchronousValidation", "true"));

        var sid = await server.Api.Messages.SendAsync(("To", "+14155550100"), ("MessagingServiceSid", service),
            ("Body", "Later"),
            ("ScheduleType", "fixed"), ("SendAt", TimeProvider.System.GetUtcNow().AddDays(3).ToString("O")));

        Assert.Equal("scheduled", (await server.GetAsync(MessagesApi.PathOf(sid)))["status"]);
        Assert.Equal(200, (await server.PostAsync(MessagesApi.PathOf(sid), ("Status", "canceled"))).Status);
    }

    [Fact]
    public async Task A_service_deleted_meanwhile_fails_the_message()
    {
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550124");
        var sid = await server.Api.Messages.SendAsync(("To", "+14155550100"), ("MessagingServiceSid", service),
            ("Body", "Later"),
            ("ScheduleType", "fixed"), ("SendAt", TimeProvider.System.GetUtcNow().AddHours(1).ToString("O")));
        Assert.Equal(204, (await server.DeleteAsync($"/v1/Services/{service}")).Status);

        await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT2H"));

        Assert.Equal("21701", (await server.Api.Messages.UntilAsync(sid, "failed"))["error_code"]);
    }

    private async Task AssertFailsAsync(string code, string to, params string[] pool)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(pool);

        var sid = await server.Api.Messages.SendAsync(("To", to), ("MessagingServiceSid", service), ("Body", "Hello"));

        var failed = await server.Api.Messages.UntilAsync(sid, "failed");
        Assert.Equal((code, null, null, null),
            (failed["error_code"], failed["from"], failed["date_sent"], failed["price_unit"]));
        Assert.NotNull(failed["error_message"]);
    }
}
