using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// "If the number is part of a Messaging Service, the opt-out is of the whole service":
/// https://help.twilio.com/articles/223134027.
/// </summary>
[Collection(typeof(ScopeServer))]
public sealed class ServiceWideScopeTests(MessagingServer server)
{
    private readonly string number = NewNumber(), other = NewNumber(), shortCode = NewShortCode();
    private readonly string person = NewNumber(), briton = NewBritishNumber();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task STOP_to_any_sender_of_the_pool_opts_out_of_all_of_them(int index)
    {
        string[] senders = [number, other, shortCode];
        var to = senders[index];
        var service = await server.Api.Services.CreateWithPoolAsync(number, other, $"{shortCode}/US");
        var phone = new Handset(server, person);

        await phone.SendAsync(to, "STOP");

        Assert.Equal(to, (await phone.ExpectSmsAsync("unsubscribed")).From);
        Assert.Equal([$"{person} {service}"], await server.Api.OptOuts.ListOfAsync(person));
        foreach (var from in senders)
            Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(from, person));
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task START_to_another_sender_of_the_pool_opts_in_to_all_of_them()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number, other);
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");

        await phone.SendAsync(other, "START");

        Assert.Equal(other, (await phone.ExpectSmsAsync("re-subscribed")).From);
        string[] senders = [number, other, service];
        foreach (var from in senders)
            Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(from, person, $"From {from}"));
        foreach (var from in senders) await phone.ExpectSmsAsync($"From {from}");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task The_opt_out_covers_a_sender_that_joins_the_pool_later()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");

        await server.Api.Services.AddSenderAsync(service, other);

        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(other, person));
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task An_alphanumeric_sender_takes_no_STOP_but_the_opt_out_covers_it()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number, "ACME");
        var phone = new Handset(server, briton);
        await server.Api.Messages.OutcomeAsync(service, briton);
        var news = await phone.ExpectSmsAsync("News");
        Assert.Equal("ACME", news.From);
        await server.PostAsync("/emulator/v1/InboundMessages",
            ("From", briton), ("To", news.From), ("Body", "STOP")).ExpectErrorAsync(400, 21606);

        await phone.SendAsync(number, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, briton));
        await phone.NoMoreAsync();
    }
}
