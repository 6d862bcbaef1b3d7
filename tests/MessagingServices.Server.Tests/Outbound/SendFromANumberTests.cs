using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound;

public sealed class SendFromANumberTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task A_message_without_a_service_is_queued_at_once_with_its_segments_counted()
    {
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", "+14155550131"));

        var queued = await server.PostAsync(MessagesApi.Path, ("To", "+14155550100"), ("From", "+14155550131"),
            ("Body", new string('a', 161)));

        Assert.Equal(("queued", "+14155550131", "2", "USD"),
            (queued["status"], queued["from"], queued["num_segments"], queued["price_unit"]));
        Assert.Null(queued["messaging_service_sid"]);
        await server.Api.Messages.UntilAsync(queued["sid"]!, "delivered");
    }

    [Fact]
    public async Task The_first_callback_is_sent_since_queued_was_the_first_status()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", "+14155550132"));

        await server.Api.Messages.SendAsync(("To", "+14155550100"), ("From", "+14155550132"), ("Body", "Hello"),
            ("StatusCallback", receiver.Url));

        await receiver.UntilAsync(received => received.Count >= 2);
        Assert.Equal(["sent", "delivered"], receiver.Received.Select(callback => callback.Status));
    }

    [Fact]
    public async Task The_messages_own_callback_url_wins_over_the_services()
    {
        await using var own = await CallbackReceiver.StartAsync();
        await using var services = await CallbackReceiver.StartAsync();
        var service = await server.Api.Services.CreateWithCallbackAsync(services.Url, "+14155550133");

        await server.Api.Messages.SendAsync(("To", "+14155550100"), ("MessagingServiceSid", service), ("Body", "Hello"),
            ("StatusCallback", own.Url));

        await own.UntilAsync(received => received.Count >= 3);
        Assert.Equal(["queued", "sent", "delivered"], own.Received.Select(callback => callback.Status));
        Assert.Empty(services.Received);
    }

    [Theory]
    [InlineData("+447700900134", "+447700900100", "21621")]
    public async Task Media_from_a_number_without_mms_are_refused(string from, string to, string code)
    {
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", from));

        var refused = await server.PostAsync(MessagesApi.Path, ("To", to), ("From", from),
            ("MediaUrl", "http://localhost/a.png"));

        Assert.Equal((400, code), (refused.Status, refused["code"]));
    }

    [Fact]
    public async Task A_toll_free_number_reaches_no_recipient_outside_the_us_and_canada()
    {
        await server.PostAsync(NumbersApi.Path, ("PhoneNumber", "+18005550135"));

        var refused = await server.PostAsync(MessagesApi.Path, ("To", "+447700900100"), ("From", "+18005550135"),
            ("Body", "Hello"));

        Assert.Equal((400, "21612"), (refused.Status, refused["code"]));
        Assert.Equal(201, (await server.PostAsync(MessagesApi.Path, ("To", "+14155550100"), ("From", "+18005550135"),
            ("Body", "Hello"))).Status);
    }
}
