using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>Opting out of one Messaging Service says nothing of another.</summary>
[Collection(OptOutServer.Name)]
public sealed class AnotherServiceTests(MessagingServer server)
{
    private const string Number = "+14155550001", Other = "+14155550002", Third = "+14155550003", Person = "+14155550123";

    [Fact]
    public async Task Another_service_and_a_number_in_none_are_not_affected()
    {
        await server.ClearAsync();
        await server.NewPoolAsync(Number);
        var another = await server.NewPoolAsync(Other);
        await server.NewNumberSidAsync(Third);
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        foreach (var from in new[] { another, Other, Third })
        {
            Assert.Equal("delivered", await server.TellAsync(from, Person, $"From {from}"));
            await phone.ExpectSmsAsync($"From {from}");
        }

        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task Each_is_opted_out_of_and_in_to_by_itself()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        var another = await server.NewPoolAsync(Other);
        var phone = new Handset(server, Person);
        await phone.SendAsync(Number, "STOP");
        Assert.Equal(Number, (await phone.ExpectSmsAsync("unsubscribed")).From);
        await phone.SendAsync(Other, "STOP");
        Assert.Equal(Other, (await phone.ExpectSmsAsync("unsubscribed")).From);

        await phone.SendAsync(Other, "START");

        Assert.Equal(Other, (await phone.ExpectSmsAsync("re-subscribed")).From);
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        Assert.Equal("delivered", await server.TellAsync(another, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task Another_account_is_not_affected()
    {
        await server.ClearAsync();
        await server.NewPoolAsync(Number);
        using var other = await server.OtherAccountAsync();
        var theirs = Requests.NewNumber();
        var account = $"/2010-04-01/Accounts/{Requests.AccountOf(other)}";
        await Calls.CreatedAsync(other, $"{account}/IncomingPhoneNumbers.json", ("PhoneNumber", theirs));
        var phone = new Handset(server, Person);
        await phone.SendAsync(Number, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        await other.SendAsync(HttpMethod.Post, $"{account}/Messages.json", ("From", theirs), ("To", Person), ("Body", "News")).ExpectAsync(201);
        await phone.NoMoreAsync();
    }
}
