using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Messaging.V1;

namespace MessagingServices.Testing.Tests;

/// <summary>What a failed test prints: what did arrive, and why the rest did not.</summary>
public sealed class FailureTests(Sms sms) : AccountTests(sms)
{
    private const string SendMessage = "POST https://api.twilio.com/2010-04-01/Accounts/AC*/Messages.json";

    /// <summary>What could arrive has arrived or failed before.</summary>
    private static readonly TimeSpan Short = TimeSpan.Zero;

    [Fact]
    public async Task A_message_that_was_never_sent()
    {
        var phone = Account.Handset();

        await Failures.ExpectAsync(() => phone.ReceiveAsync("code", Short),
            """
            +12025550100 has received no message that contains "code" within 0 s.
            It has received nothing.
            The account AC* has sent no messages.
            Does the application send with the credentials of this account, and with its CreateHttpClient() or
            the variables of its EnvironmentAsync()?
            """);
    }

    [Fact]
    public async Task A_message_that_went_elsewhere()
    {
        var (shop, phone, other) = (await Account.BuyNumberAsync(), Account.Handset(), Account.Handset());
        await SendAsync(shop, phone, "Welcome");
        await SendAsync(shop, other, "Your code is 482913");
        await other.ReceiveAsync();
        await phone.ReceiveAsync();

        await Failures.ExpectAsync(() => phone.ReceiveCodeAsync(timeout: Short),
            """
            +12025550101 has received no message with a code within 0 s.
            It has received:
              "Welcome" (delivered; SM*), which was read
            Messages to others:
              to +12025550102: "Your code is 482913" (delivered; SM*)
            """);
    }

    [Fact]
    public async Task A_message_for_which_the_Messaging_Service_has_no_sender()
    {
        await using var account = await Emulator.CreateAccountAsync(seedJson:
            """
            { "messaging_services": [{ "FriendlyName": "Shop", "senders": ["ACME"] }] }
            """);
        var (twilio, phone) = (ClientOf(account), account.Handset());
        var service = (await ServiceResource.ReadAsync(client: twilio)).Single().Sid;
        var sent = await MessageResource.CreateAsync(
            to: phone.Number, messagingServiceSid: service, body: "Your code is 482913", client: twilio);
        await account.WaitForAsync(sent.Sid, "failed");

        await Failures.ExpectAsync(() => phone.ReceiveCodeAsync(timeout: Short),
            """
            +12025550100 has received no message with a code within 0 s.
            It has received nothing.
            These messages to it have not arrived:
              "Your code is 482913" (failed with 21703: The Messaging Service does not have a phone number available to send a message; SM*)
                Sender: none
                  not ACME: US takes no alphanumeric senders (AlphaSenderCountry)
            """);
    }

    [Fact]
    public async Task A_message_that_waits_for_a_frozen_clock()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await Account.Clock.FreezeAsync();
        await SendAsync(shop, phone, "Reminder");
        await Account.Clock.AdvanceAsync(TimeSpan.Zero);

        await Failures.ExpectAsync(() => phone.ReceiveAsync(timeout: Short),
            """
            +12025550101 has received no message within 0 s.
            It has received nothing.
            These messages to it have not arrived:
              "Reminder" (sending; SM*)
            The account's clock is frozen at *: it moves by Clock.AdvanceAsync only.
            Next:
              * carrier_report SM*
            """);
    }

    [Fact]
    public async Task A_message_that_a_fault_has_lost()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await using var fault = await Account.Faults.FailDeliveryAsync(30003, phone.Number, times: 1);
        var sid = await SendAsync(shop, phone, "Reminder");
        await Account.WaitForAsync(sid, "undelivered");

        await Failures.ExpectAsync(() => phone.ReceiveAsync(timeout: Short),
            """
            +12025550101 has received no message within 0 s.
            It has received nothing.
            These messages to it have not arrived:
              "Reminder" (undelivered with 30003: Unreachable destination handset; SM*)
            Faults:
              CR*: to=+12025550101, outcome=undelivered, error_code=30003; used 1 of 1 times
            """);
    }

    [Fact]
    public async Task A_message_that_was_not_accepted()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await using var fault = await Account.Faults.RefuseAsync(429, times: 3);
        await Assert.ThrowsAsync<ApiException>(() => SendAsync(shop, phone, "Reminder"));

        await Failures.ExpectAsync(() => phone.ReceiveAsync(timeout: Short),
            """
            +12025550101 has received no message within 0 s.
            It has received nothing.
            The account AC* has sent no messages.
            The server has refused these requests of the application:
              POST https://api.twilio.com/2010-04-01/Accounts/AC*/Messages.json: 429, 20429: Too Many Requests
            Faults:
              QR*: status_code=429; used 1 of 3 times
            """);
    }

    [Fact]
    public async Task A_message_that_should_not_have_come()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await SendAsync(shop, phone, "Still there?");

        await Failures.ExpectAsync(phone.ReceiveNothingAsync,
            """
            +12025550101 has received what it should not:
              from +12025550100: "Still there?" (delivered; SM*)
            """);
    }

    [Fact]
    public async Task A_message_whose_refusal_the_application_hides()
    {
        var phone = Account.Handset();
        await Assert.ThrowsAsync<ApiException>(() => SendAsync("+14155550199", phone, "Hello"));
        await Assert.ThrowsAsync<ApiException>(() => MessageResource.CreateAsync(
            to: phone.Number, from: "+14155550199", body: "Hello", client: new TwilioRestClient(
                Account.Sid, "anothertoken", httpClient: new SystemNetHttpClient(Account.CreateHttpClient()))));

        await Failures.ExpectAsync(() => phone.ReceiveAsync(timeout: Short),
            $"""
            +12025550100 has received no message within 0 s.
            It has received nothing.
            The account AC* has sent no messages.
            The server has refused these requests of the application:
              {SendMessage}: 400, 21659: 'From' +14155550199 is not a Twilio phone number or Short Code country mismatch
              {SendMessage}: 401, 20003: authentication failed, auth token is not valid for account AC*
            """);
        await Account.ResetAsync();
        var failure = await Assert.ThrowsAsync<EmulatorException>(() => phone.ReceiveAsync(timeout: Short));
        Assert.DoesNotContain("refused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_failure_tells_only_of_itself()
    {
        var phone = Account.Handset();
        var failures = await Task.WhenAll(Enumerable.Range(0, 5).Select(
            _ => Assert.ThrowsAsync<EmulatorException>(() => phone.ReceiveAsync(timeout: Short))));
        var last = await Assert.ThrowsAsync<EmulatorException>(() => phone.ReceiveAsync(timeout: Short));

        Assert.All(failures, failure => Assert.Equal(last.Message, failure.Message));
        Assert.Single(last.Message.Split('\n'), line => line.StartsWith(phone.Number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_text_and_media()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var images = builder.Build();
        images.Urls.Add("http://127.0.0.1:0");
        images.MapMethods("/a.png", ["HEAD", "GET"], () => Results.Bytes([0x89, 0x50, 0x4e, 0x47], "image/png"));
        await images.StartAsync(TestContext.Current.CancellationToken);
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());

        // The 160th character is the first half of an emoji.
        var body = new string('x', 159) + string.Concat(Enumerable.Repeat("😀\n", 40));
        await MessageResource.CreateAsync(
            to: phone.Number, from: shop, body: body, mediaUrl: [new($"{images.Urls.Single()}/a.png")],
            client: Twilio);

        await Failures.ExpectAsync(phone.ReceiveNothingAsync,
            $"""
            +12025550101 has received what it should not:
              from +12025550100: "{new string('x', 159)}..." with 1 media item (delivered; MM*)
            """);
        var message = await phone.ReceiveAsync();
        Assert.Equal((body, 1), (message.Body, message.NumMedia));
    }
}
