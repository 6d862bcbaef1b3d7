using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>A number that is in no Messaging Service is opted out of by itself. Source: https://help.twilio.com/articles/223134027.</summary>
[Collection(OptOutServer.Name)]
public sealed class NumberAloneTests(MessagingServer server)
{
    private const string Number = "+14155550001", Other = "+14155550002", Pooled = "+14155550003", Person = "+14155550123";

    [Fact]
    public async Task STOP_is_about_that_number_only()
    {
        await server.ClearAsync();
        foreach (var number in new[] { Number, Other }) await server.NewNumberSidAsync(number);
        var service = await server.NewPoolAsync(Pooled);
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, "STOP");

        Assert.Equal(Number, (await phone.ExpectSmsAsync("unsubscribed")).From);
        Assert.Equal([$"{Person} {Number}"], await OptOutsAsync(server.Http));
        Assert.Equal("refused 21610", await server.TellAsync(Number, Person));
        foreach (var from in new[] { Other, service })
        {
            Assert.Equal("delivered", await server.TellAsync(from, Person, $"From {from}"));
            await phone.ExpectSmsAsync($"From {from}");
        }

        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task START_to_another_number_does_not_lift_it()
    {
        await server.ClearAsync();
        foreach (var number in new[] { Number, Other }) await server.NewNumberSidAsync(number);
        var phone = new Handset(server, Person);
        await phone.SendAsync(Number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");

        await phone.SendAsync(Other, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("refused 21610", await server.TellAsync(Number, Person));
        await phone.SendAsync(Number, "START");
        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.TellAsync(Number, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task START_after_it_has_joined_a_pool_lifts_what_was_said_before()
    {
        await server.ClearAsync();
        var sid = await server.NewNumberSidAsync(Number);
        var phone = new Handset(server, Person);
        await phone.SendAsync(Number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");
        var service = await server.NewPoolAsync();
        await server.AddToPoolAsync(service, sid).ExpectAsync(201);
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));

        await phone.SendAsync(Number, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }
}
