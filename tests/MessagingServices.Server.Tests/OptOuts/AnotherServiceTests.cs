using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>An opt-out of one Messaging Service does not affect another.</summary>
[Collection(typeof(ScopeServer))]
public sealed class AnotherServiceTests(MessagingServer server)
{
    private readonly string number = NewNumber(), other = NewNumber(), third = NewNumber(), person = NewNumber();

    [Fact]
    public async Task STOP_does_not_affect_another_service_or_a_number_in_none()
    {
        await server.Api.Services.CreateWithPoolAsync(number);
        var another = await server.Api.Services.CreateWithPoolAsync(other);
        await server.Api.Numbers.CreateAsync(third);
        var phone = new Handset(server, person);

        await phone.SendAsync(number, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        foreach (var from in new[] { another, other, third })
        {
            Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(from, person, $"From {from}"));
            await phone.ExpectSmsAsync($"From {from}");
        }

        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task STOP_and_START_affect_one_service_at_a_time()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        var another = await server.Api.Services.CreateWithPoolAsync(other);
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        Assert.Equal(number, (await phone.ExpectSmsAsync("unsubscribed")).From);
        await phone.SendAsync(other, "STOP");
        Assert.Equal(other, (await phone.ExpectSmsAsync("unsubscribed")).From);

        await phone.SendAsync(other, "START");

        Assert.Equal(other, (await phone.ExpectSmsAsync("re-subscribed")).From);
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(another, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task STOP_does_not_affect_another_account()
    {
        await server.Api.Services.CreateWithPoolAsync(number);
        using var otherAccount = await server.OtherAccountAsync();
        var theirs = NumbersApi.New();
        var account = $"/2010-04-01/Accounts/{OtherAccount.SidOf(otherAccount)}";
        await otherAccount.Api.CreateAsync($"{account}/IncomingPhoneNumbers.json", ("PhoneNumber", theirs));
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        await otherAccount.Api.RequestAsync(HttpMethod.Post, $"{account}/Messages.json",
            ("From", theirs), ("To", person), ("Body", "News")).ExpectAsync(201);
        await phone.NoMoreAsync();
    }
}
