using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>Who has opted out and says so again is not written to: where Twilio is silent, silence is kept.</summary>
[Collection(OptOutServer.Name)]
public sealed class SecondStopTests(MessagingServer server)
{
    private const string Number = "+14155550001", Other = "+14155550002", Person = "+14155550123";

    [Theory]
    [InlineData("STOP", Number)]
    [InlineData("QUIT", Number)]
    [InlineData("STOP", Other)]
    public async Task It_is_not_answered_and_the_opt_out_stays_as_it_was(string again, string to)
    {
        await server.ClearAsync();
        await server.NewPoolAsync(Number, Other);
        var phone = new Handset(server, Person);
        await phone.SendAsync(Number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");
        var before = (await server.GetAsync(List)).Text;

        await phone.SendAsync(to, again);

        await phone.NoMoreAsync();
        Assert.Equal(before, (await server.GetAsync(List)).Text);
    }

    [Fact]
    public async Task After_opting_in_again_it_is_answered_again()
    {
        await server.ClearAsync();
        await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);

        for (var round = 0; round < 2; round++)
        {
            await phone.SendAsync(Number, "STOP");
            await phone.ExpectSmsAsync("unsubscribed");
            await phone.SendAsync(Number, "START");
            await phone.ExpectSmsAsync("re-subscribed");
        }

        await phone.NoMoreAsync();
    }
}
