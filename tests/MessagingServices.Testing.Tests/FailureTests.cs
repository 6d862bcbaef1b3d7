using System.Text.RegularExpressions;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Messaging.V1;

namespace MessagingServices.Testing.Tests;

/// <summary>What a failed test prints: what did arrive, and why the rest did not.</summary>
public sealed partial class FailureTests(Sms sms) : AccountTests(sms)
{
    /// <summary>What could arrive has arrived or failed before.</summary>
    private static readonly TimeSpan Short = TimeSpan.Zero;

    [Fact]
    public async Task A_message_that_was_never_sent()
    {
        var phone = Account.Handset();

        await ExpectAsync(() => phone.ReceiveAsync("code", Short),
            """
            +12025550100 has received no message that contains "code" within 0 s.
            It has received nothing.
            The account has sent no messages.
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

        await ExpectAsync(() => phone.ReceiveCodeAsync(timeout: Short),
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

        await ExpectAsync(() => phone.ReceiveCodeAsync(timeout: Short),
            """
            +12025550100 has received no message with a code within 0 s.
            It has received nothing.
            These messages to it have not arrived:
              "Your code is 482913" (failed with 21703: The Messaging Service does not have a phone number available to send a message; SM*)
                Sender: none
                  US takes no alphanumeric senders. No sender is left; ACME: US takes no alphanumeric senders.
                  AlphaSenderCountry: US takes no alphanumeric senders.
                    not ACME: US takes no alphanumeric senders
            """);
    }

    [Fact]
    public async Task A_message_that_waits_for_a_frozen_clock()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await Account.Clock.FreezeAsync();
        await SendAsync(shop, phone, "Reminder");
        await Account.Clock.AdvanceAsync(TimeSpan.Zero);

        await ExpectAsync(() => phone.ReceiveAsync(timeout: Short),
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

        await ExpectAsync(() => phone.ReceiveAsync(timeout: Short),
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

        await ExpectAsync(() => phone.ReceiveAsync(timeout: Short),
            """
            +12025550101 has received no message within 0 s.
            It has received nothing.
            The account has sent no messages.
            Faults:
              QR*: status_code=429; used 1 of 3 times
            """);
    }

    [Fact]
    public async Task An_answer_whose_webhook_was_refused_for_its_signature()
    {
        // An application with the Auth Token of another account.
        await using var app = await ValidatingApp.StartAsync("0123456789abcdef0123456789abcdef");
        var (shop, phone) = (await Account.BuyNumberAsync(smsUrl: app.Url), Account.Handset());
        await phone.SendAsync(shop, "Hi");
        await phone.ReceiveNothingAsync();

        await ExpectAsync(() => phone.ReceiveAsync(timeout: Short),
            """
            +12025550101 has received no message within 0 s.
            It has received nothing.
            The account has sent no messages.
            It has written:
              to +12025550100: "Hi" (received; SM*)
              Webhooks:
                inbound to http://127.0.0.1:*/sms: failed
                  the application has answered 403 (11200: HTTP status 403): Invalid signature
              Does the application refuse the signature? It is made for exactly this URL, with the Auth Token
              of the account AC*. POST /emulator/v1/SignatureChecks says what differs.
            """);
    }

    [Fact]
    public async Task An_answer_to_a_number_without_a_webhook()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await phone.SendAsync(shop, "Hi");

        await ExpectAsync(() => phone.ReceiveAsync(timeout: Short),
            """
            +12025550101 has received no message within 0 s.
            It has received nothing.
            The account has sent no messages.
            It has written:
              to +12025550100: "Hi" (received; SM*)
              No webhook: neither +12025550100 nor its Messaging Service has a URL for it.
            """);
    }

    [Fact]
    public async Task A_status_callback_that_was_refused_for_its_signature()
    {
        await using var app = await ValidatingApp.StartAsync("0123456789abcdef0123456789abcdef");
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        var sid = await SendAsync(shop, phone, "Hello", app.Url);

        await ExpectAsync(() => Account.Webhooks.WaitForAsync(sid, "status_callback"),
            """
            The message SM* has no webhook of the kind status_callback that is delivered.
            From +12025550100 to +12025550101: "Hello" (delivered; SM*)
            Webhooks:
              status_callback (sent) to http://127.0.0.1:*/sms: failed
                the application has answered 403 (11217: HTTP status 403): Invalid signature
              status_callback (delivered) to http://127.0.0.1:*/sms: failed
                the application has answered 403 (11217: HTTP status 403): Invalid signature
            Does the application refuse the signature? It is made for exactly this URL, with the Auth Token
            of the account AC*. POST /emulator/v1/SignatureChecks says what differs.
            """);
    }

    [Fact]
    public async Task A_status_that_cannot_come_any_more()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await using var fault = await Account.Faults.FailDeliveryAsync(30005);
        var sid = await SendAsync(shop, phone, "Hello");

        await ExpectAsync(() => Account.WaitForAsync(sid, "delivered", TimeSpan.FromMinutes(1)),
            """
            The message SM* will not be delivered: it is undelivered.
            From +12025550100 to +12025550101: "Hello" (undelivered with 30005: Unknown destination handset; SM*)
            Statuses:
              * queued
              * sending
              * sent
              * undelivered, 30005
            No webhook: the message has no status callback URL.
            """);
    }

    [Fact]
    public async Task A_status_that_does_not_come()
    {
        var (service, phone) = (await CreateServiceAsync(await Account.BuyNumberAsync()), Account.Handset());
        await Account.Clock.FreezeAsync();
        var sid = (await MessageResource.CreateAsync(
            to: phone.Number, messagingServiceSid: service, body: "Hello", client: Twilio)).Sid;
        await Account.Clock.AdvanceAsync(TimeSpan.Zero);

        await ExpectAsync(() => Account.WaitForAsync(sid, "delivered", TimeSpan.Zero),
            """
            The message SM* is not delivered after 0 s.
            From +12025550100 to +12025550101: "Hello" (sending; SM*)
            Statuses:
              * accepted
              * queued
              * sending
            Sender: +12025550100
              The only sender left.
            No webhook: the message has no status callback URL.
            The account's clock is frozen at *: it moves by Clock.AdvanceAsync only.
            Next:
              * carrier_report SM*
            """);
        await ExpectAsync(() => Account.WaitForAsync($"SM{new string('0', 32)}", "delivered"),
            "The account AC* has no message SM*.");
    }

    [Fact]
    public async Task The_story_of_a_message()
    {
        await using var app = Account.Webhooks.Listen();
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        var sid = await SendAsync(shop, phone, "Hello", app.Url);
        await phone.ReceiveAsync();
        await phone.ReceiveNothingAsync();

        Assert.Equal(
            """
            From +12025550100 to +12025550101: "Hello" (delivered; SM*)
            Statuses:
              * queued
              * sending
              * sent
              * delivered
            Webhooks:
              status_callback (sent) to http://127.0.0.1:*/: delivered
                the application has answered 204
              status_callback (delivered) to http://127.0.0.1:*/: delivered
                the application has answered 204
            """,
            WithoutChance(await Account.ExplainAsync(sid)));
    }

    [Fact]
    public async Task A_message_that_should_not_have_come()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await SendAsync(shop, phone, "Still there?");

        await ExpectAsync(phone.ReceiveNothingAsync,
            """
            +12025550101 has received what it should not:
              from +12025550100: "Still there?" (delivered; SM*)
            """);
    }

    /// <summary>The message of the failure, where SIDs, times and ports may be anything.</summary>
    private static async Task ExpectAsync(Func<Task> call, string expected)
    {
        var failure = await Assert.ThrowsAsync<EmulatorException>(call);

        Assert.Equal(expected, WithoutChance(failure.Message));
    }

    private static string WithoutChance(string text) =>
        Variable().Replace(text, match => match.Groups["kind"].Value + "*");

    [GeneratedRegex(@"(?<kind>[A-Z]{2})[0-9a-f]{32}|(?<kind>127\.0\.0\.1:)\d+|\d{4}-\d\d-\d\dT[\d:.]+Z")]
    private static partial Regex Variable();
}
