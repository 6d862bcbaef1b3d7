using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// STOP to a number that is in no Messaging Service opts out of that number only. Source:
/// https://help.twilio.com/articles/223134027.
/// </summary>
[Collection(typeof(ScopeServer))]
public sealed class NumberAloneTests(MessagingServer server)
{
    private readonly string number = NewNumber(), other = NewNumber(), pooled = NewNumber(), person = NewNumber();

    [Fact]
    public async Task STOP_opts_out_of_that_number_only()
    {
        foreach (var alone in new[] { number, other }) await server.Api.Numbers.CreateAsync(alone);
        var service = await server.Api.Services.CreateWithPoolAsync(pooled);
        var phone = new Handset(server, person);

        await phone.SendAsync(number, "STOP");

        Assert.Equal(number, (await phone.ExpectSmsAsync("unsubscribed")).From);
        Assert.Equal([$"{person} {number}"], await server.Api.OptOuts.ListOfAsync(person));
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(number, person));
        foreach (var from in new[] { other, service })
        {
            Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(from, person, $"From {from}"));
            await phone.ExpectSmsAsync($"From {from}");
        }

        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task START_to_another_number_does_not_revoke_the_opt_out()
    {
        foreach (var alone in new[] { number, other }) await server.Api.Numbers.CreateAsync(alone);
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");

        await phone.SendAsync(other, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(number, person));
        await phone.SendAsync(number, "START");
        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(number, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task START_after_the_number_joins_a_pool_revokes_the_earlier_opt_out()
    {
        var sid = await server.Api.Numbers.CreateAsync(number);
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");
        var service = await server.Api.Services.CreateWithPoolAsync();
        await server.Api.Services.AddNumberAsync(service, sid).ExpectAsync(201);
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));

        await phone.SendAsync(number, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }
}
