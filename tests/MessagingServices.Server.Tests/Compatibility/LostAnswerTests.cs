using MessagingServices.Server.Tests.Fixtures;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>
/// An application that repeats a create when the connection breaks sends twice if the answer was lost, and once if the
/// request was.
/// </summary>
public sealed class LostAnswerTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task An_application_that_repeats_sends_twice_only_if_the_answer_was_lost(bool isDone, int sent)
    {
        await using var emulator = await CSharpSdk.EmulatorAsync(server);
        await using var account = await emulator.CreateAccountAsync();
        var (shop, phone) = (await account.BuyNumberAsync(), account.Handset());
        await using var fault = await account.Faults.DisconnectAsync(afterCommit: isDone, times: 1);

        var attempts = await SendWithRetriesAsync(CSharpSdk.ConnectAs(account), shop, phone.Number);

        Assert.Equal(2, attempts);
        for (var i = 0; i < sent; i++) Assert.Equal("1234", await phone.ReceiveCodeAsync());
        await phone.ReceiveNothingAsync();
    }

    /// <summary>Sends a message as careless applications do. Returns the number of attempts.</summary>
    private static async Task<int> SendWithRetriesAsync(TwilioRestClient twilio, string from, string to)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await MessageResource.CreateAsync(
                    to: to, from: from, body: "Your code is 1234", client: twilio);
                return attempt;
            }
            catch (ApiConnectionException) when (attempt < 3)
            {
                // The connection broke: try again.
            }
        }
    }
}
