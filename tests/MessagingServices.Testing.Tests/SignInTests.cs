using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;

[assembly: AssemblyFixture(typeof(MessagingServices.Testing.Tests.Sms))]

namespace MessagingServices.Testing.Tests;

// The example of docs/testing.md, as it stands there. All tests of this project share its server.
public sealed class Sms : IAsyncLifetime
{
    public Emulator Emulator { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Emulator = await Emulator.StartAsync(
        new() { Cancellation = () => TestContext.Current.CancellationToken });

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}

public sealed class SignInTests(Sms sms) : IAsyncLifetime
{
    EmulatedAccount account = null!;
    TwilioRestClient twilio = null!;

    public async ValueTask InitializeAsync()
    {
        account = await sms.Emulator.CreateAccountAsync(nameof(SignInTests));
        twilio = new(account.Sid, account.AuthToken, httpClient: new SystemNetHttpClient(account.CreateHttpClient()));
    }

    public ValueTask DisposeAsync() => account.DisposeAsync();

    [Fact]
    public async Task A_code_arrives_and_stop_holds()
    {
        var shop = await account.BuyNumberAsync();
        var phone = account.Handset();
        await using var callbacks = account.Webhooks.Listen();
        var sent = await MessageResource.CreateAsync(to: phone.Number, from: shop,
            body: "Your code is 482913", statusCallback: callbacks.Url, client: twilio);
        Assert.Equal("482913", await phone.ReceiveCodeAsync());
        var told = await account.Webhooks.WaitForAsync(sent.Sid, "status_callback");
        Assert.Equal(sent.Sid, told.Parameters["MessageSid"]);
        await phone.ReplyAsync("STOP");
        Assert.Contains("unsubscribed", (await phone.ReceiveAsync()).Body);
        var refused = await Assert.ThrowsAsync<ApiException>(() => MessageResource.CreateAsync(
            to: phone.Number, from: shop, body: "Still there?", client: twilio));
        Assert.Equal(21610, refused.Code);
        await phone.ReceiveNothingAsync();
    }

    [Fact]
    public async Task Three_days_pass_and_one_message_is_lost()
    {
        var shop = await account.BuyNumberAsync();
        var phone = account.Handset();
        await account.Clock.FreezeAsync();
        await using var fault = await account.Faults.FailDeliveryAsync(30003, phone.Number, times: 1);
        var lost = await MessageResource.CreateAsync(
            to: phone.Number, from: shop, body: "Reminder", client: twilio);
        await account.Clock.AdvanceAsync(TimeSpan.FromDays(3));
        Assert.Equal(30003, (await account.WaitForAsync(lost.Sid, "undelivered")).ErrorCode);
    }
}
