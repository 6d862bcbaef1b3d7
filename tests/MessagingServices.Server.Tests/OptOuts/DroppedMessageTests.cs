using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>Keywords are effective although the Messaging Service drops inbound messages.</summary>
[Collection(typeof(KeywordServer))]
public sealed class DroppedMessageTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task STOP_and_START_of_dropped_messages_are_effective_and_get_a_reply(bool advanced)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.Api.Services.SendInboundToAsync(service, "");
        if (advanced) await server.Api.Services.SetAdvancedOptOutAsync(service, ("Enabled", "true"));
        var phone = new Handset(server, person);

        var stop = await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.SendAsync(number, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
        await server.GetAsync(MessagesApi.PathOf(stop["sid"]!)).ExpectErrorAsync(404, 20404);
        var listed = await server.GetAsync($"{MessagesApi.Path}?From={Uri.EscapeDataString(person)}").ExpectAsync(200);
        Assert.Empty(listed.Body!["messages"]!.AsArray());
    }

    [Fact]
    public async Task STOP_in_a_dropped_MMS_is_effective_and_its_media_are_not_fetched()
    {
        await using var media = await MediaServer.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.Api.Services.SendInboundToAsync(service, "");
        var phone = new Handset(server, person);

        await phone.SendAsync(number, "STOP", media.PictureUrl);

        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.NoMoreAsync();
        Assert.Empty(media.Requests);
    }
}
