using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>A second STOP gets no reply. Twilio's documentation says nothing about it.</summary>
[Collection(typeof(KeywordServer))]
public sealed class SecondStopTests(MessagingServer server)
{
    private readonly string number = NewNumber(), other = NewNumber(), person = NewNumber();

    [Theory]
    [InlineData("STOP", false)]
    [InlineData("QUIT", false)]
    [InlineData("STOP", true)]
    public async Task A_second_STOP_gets_no_reply_and_does_not_change_the_opt_out(string again, bool toOtherNumber)
    {
        await server.Api.Services.CreateWithPoolAsync(number, other);
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");
        var before = (await server.GetAsync(OptOutsApi.PathOf(person))).Text;

        await phone.SendAsync(toOtherNumber ? other : number, again);

        await phone.NoMoreAsync();
        Assert.Equal(before, (await server.GetAsync(OptOutsApi.PathOf(person))).Text);
    }

    [Fact]
    public async Task STOP_after_START_gets_a_reply_again()
    {
        await server.Api.Services.CreateWithPoolAsync(number);
        var phone = new Handset(server, person);

        for (var round = 0; round < 2; round++)
        {
            await phone.SendAsync(number, "STOP");
            await phone.ExpectSmsAsync("unsubscribed");
            await phone.SendAsync(number, "START");
            await phone.ExpectSmsAsync("re-subscribed");
        }

        await phone.NoMoreAsync();
    }
}
