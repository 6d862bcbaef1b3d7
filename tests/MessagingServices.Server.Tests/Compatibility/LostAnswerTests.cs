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
    [InlineData("before", 1)]
    [InlineData("after", 2)]
    public async Task An_application_that_repeats_sends_twice_only_if_the_answer_was_lost(string disconnect, int sent)
    {
        var account = await TestAccount.CreateAsync(server.Http);
        var number = await account.Api.Numbers.CreateNewAsync();
        await account.Api.CreateAsync("/emulator/v1/RequestRules",
            ("Method", "POST"), ("Path", "/2010-04-01/Accounts/{AccountSid}/Messages.json"),
            ("Disconnect", disconnect), ("Times", "1"));
        var twilio = CSharpSdk.ConnectAs(server, account.Sid, account.AuthToken);

        var attempts = await SendWithRetriesAsync(twilio, number);

        Assert.Equal(2, attempts);
        Assert.Equal(
            Enumerable.Repeat("Your code is 1234", sent),
            (await MessageResource.ReadAsync(client: twilio)).Select(message => message.Body));
    }

    /// <summary>Sends a message as careless applications do. Returns the number of attempts.</summary>
    private static async Task<int> SendWithRetriesAsync(TwilioRestClient twilio, string from)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await MessageResource.CreateAsync(
                    to: "+14155550123", from: from, body: "Your code is 1234", client: twilio);
                return attempt;
            }
            catch (ApiConnectionException) when (attempt < 3)
            {
                // The connection broke: try again.
            }
        }
    }
}
