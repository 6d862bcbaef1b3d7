using Twilio.Clients;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Messaging.V1;
using Twilio.Rest.Messaging.V1.Service;

namespace MessagingServices.Testing.Tests;

/// <summary>Tests with an account each, which sends with Twilio's own SDK.</summary>
public abstract class AccountTests(Sms sms) : IAsyncLifetime
{
    /// <summary>The server that all tests share.</summary>
    protected Emulator Emulator => sms.Emulator;

    protected EmulatedAccount Account { get; private set; } = null!;

    protected TwilioRestClient Twilio { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Account = await sms.Emulator.CreateAccountAsync(TestContext.Current.Test?.TestDisplayName);
        Twilio = ClientOf(Account);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Account.DisposeAsync();
    }

    internal static TwilioRestClient ClientOf(EmulatedAccount account) => new(
        account.Sid, account.AuthToken, httpClient: new SystemNetHttpClient(account.CreateHttpClient()));

    /// <summary>Sends a message from a number to a phone.</summary>
    protected async Task<string> SendAsync(string from, Handset to, string body, Uri? callback = null) =>
        (await MessageResource.CreateAsync(
            to: to.Number, from: from, body: body, statusCallback: callback, client: Twilio)).Sid;

    /// <summary>A Messaging Service with these numbers.</summary>
    protected async Task<string> CreateServiceAsync(params string[] numbers)
    {
        var service = await ServiceResource.CreateAsync("Shop", client: Twilio);
        foreach (var number in numbers)
        {
            var owned = (await IncomingPhoneNumberResource.ReadAsync(
                phoneNumber: new(number), client: Twilio)).Single();
            await PhoneNumberResource.CreateAsync(service.Sid, owned.Sid, client: Twilio);
        }

        return service.Sid;
    }
}
