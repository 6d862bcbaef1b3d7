using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>
/// "If the number is part of a Messaging Service, the opt-out is of the whole service": https://help.twilio.com/articles/223134027.
/// </summary>
[Collection(OptOutServer.Name)]
public sealed class ServiceWideScopeTests(MessagingServer server)
{
    private const string Number = "+14155550001", Other = "+14155550002", ShortCode = "12345", Person = "+14155550123", Briton = "+447700900123";

    [Theory]
    [InlineData(Number)]
    [InlineData(Other)]
    [InlineData(ShortCode)]
    public async Task STOP_to_any_sender_of_the_pool_opts_out_of_all(string to)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number, Other, $"{ShortCode}/US");
        var phone = new Handset(server, Person);

        await phone.SendAsync(to, "STOP");

        Assert.Equal(to, (await phone.ExpectSmsAsync("unsubscribed")).From);
        Assert.Equal([$"{Person} {service}"], await OptOutsAsync(server.Http));
        foreach (var from in new[] { Number, Other, ShortCode }) Assert.Equal("refused 21610", await server.TellAsync(from, Person));
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task START_to_another_sender_of_the_pool_opts_in_to_all()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number, Other);
        var phone = new Handset(server, Person);
        await phone.SendAsync(Number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");

        await phone.SendAsync(Other, "START");

        Assert.Equal(Other, (await phone.ExpectSmsAsync("re-subscribed")).From);
        foreach (var from in new[] { Number, Other, service }) Assert.Equal("delivered", await server.TellAsync(from, Person, $"From {from}"));
        foreach (var from in new[] { Number, Other, service }) await phone.ExpectSmsAsync($"From {from}");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task A_sender_that_joins_later_is_opted_out_of_as_well()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);
        await phone.SendAsync(Number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");

        await server.AddSenderAsync(service, Other);

        Assert.Equal("refused 21610", await server.TellAsync(Other, Person));
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task An_alphanumeric_sender_cannot_be_told_STOP_but_is_opted_out_of_with_the_pool()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number, "ACME");
        var phone = new Handset(server, Briton);
        await server.TellAsync(service, Briton);
        var news = await phone.ExpectSmsAsync("News");
        Assert.Equal("ACME", news.From);
        await server.PostAsync("/emulator/v1/InboundMessages", ("From", Briton), ("To", news.From), ("Body", "STOP")).ExpectErrorAsync(400, 21606);

        await phone.SendAsync(Number, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("failed 21610", await server.TellAsync(service, Briton));
        await phone.NoMoreAsync();
    }
}
