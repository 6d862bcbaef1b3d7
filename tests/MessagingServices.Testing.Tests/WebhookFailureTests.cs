using Twilio.Rest.Api.V2010.Account;

namespace MessagingServices.Testing.Tests;

/// <summary>What a failed test prints that has waited for a status or for its application.</summary>
public sealed class WebhookFailureTests(Sms sms) : AccountTests(sms)
{
    [Fact]
    public async Task An_answer_whose_webhook_was_refused_for_its_signature()
    {
        // An application with the Auth Token of another account.
        await using var app = await ValidatingApp.StartAsync("0123456789abcdef0123456789abcdef");
        var (shop, phone) = (await Account.BuyNumberAsync(smsUrl: app.Url), Account.Handset());
        await phone.SendAsync(shop, "Hi");
        await phone.ReceiveNothingAsync();

        await Failures.ExpectAsync(() => phone.ReceiveAsync(timeout: TimeSpan.Zero),
            """
            +12025550101 has received no message within 0 s.
            It has received nothing.
            The account AC* has sent no messages.
            It has written:
              to +12025550100: "Hi" (received; SM*)
              Webhooks:
                inbound to http://127.0.0.1:*/sms: failed
                  the application has answered 403 (11200: HTTP status 403): Invalid signature
              Does the application refuse the signature? It is made with the Auth Token of the account
              AC*, for exactly this URL. Compare both with those of the application:
              http://127.0.0.1:*/docs/emulator-api.md#check-a-signature
            """);
    }

    [Fact]
    public async Task An_answer_to_a_number_without_a_webhook()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await phone.SendAsync(shop, "Hi");

        await Failures.ExpectAsync(() => phone.ReceiveAsync(timeout: TimeSpan.Zero),
            """
            +12025550101 has received no message within 0 s.
            It has received nothing.
            The account AC* has sent no messages.
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

        await Failures.ExpectAsync(() => Account.Webhooks.WaitForAsync(sid, "status_callback"),
            """
            The message SM* will have no webhook of the kind status_callback that is delivered.
            From +12025550100 to +12025550101: "Hello" (delivered; SM*)
            Webhooks:
              status_callback (sent) to http://127.0.0.1:*/sms: failed
                the application has answered 403 (11217: HTTP status 403): Invalid signature
              status_callback (delivered) to http://127.0.0.1:*/sms: failed
                the application has answered 403 (11217: HTTP status 403): Invalid signature
            Does the application refuse the signature? It is made with the Auth Token of the account
            AC*, for exactly this URL. Compare both with those of the application:
            http://127.0.0.1:*/docs/emulator-api.md#check-a-signature
            """);
    }

    [Fact]
    public async Task A_status_that_cannot_come_any_more()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await using var fault = await Account.Faults.FailDeliveryAsync(30005);
        var sid = await SendAsync(shop, phone, "Hello");

        await Failures.ExpectAsync(() => Account.WaitForAsync(sid, "delivered", TimeSpan.FromMinutes(1)),
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

        await Failures.ExpectAsync(() => Account.WaitForAsync(sid, "delivered", TimeSpan.Zero),
            """
            The message SM* is not delivered after 0 s.
            From +12025550100 to +12025550101: "Hello" (sending; SM*)
            Statuses:
              * accepted
              * queued
              * sending
            Sender: +12025550100
              The only sender left.
            No webhook yet: if it has a status callback URL, callbacks come as its status changes.
            The account's clock is frozen at *: it moves by Clock.AdvanceAsync only.
            Next:
              * carrier_report SM*
            """);
        await Failures.ExpectAsync(() => Account.WaitForAsync($"SM{new string('0', 32)}", "delivered"),
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
            Failures.WithoutChance(await Account.ExplainAsync(sid)));
    }

    [Fact]
    public async Task A_status_callback_that_waits_for_a_frozen_clock()
    {
        await using var app = Account.Webhooks.Listen();
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await Account.Clock.FreezeAsync();
        var sid = await SendAsync(shop, phone, "Hello", app.Url);
        await Account.Clock.AdvanceAsync(TimeSpan.Zero);

        Assert.Equal(
            """
            From +12025550100 to +12025550101: "Hello" (sending; SM*)
            Statuses:
              * queued
              * sending
            No webhook yet: if it has a status callback URL, callbacks come as its status changes.
            The account's clock is frozen at *: it moves by Clock.AdvanceAsync only.
            Next:
              * carrier_report SM*
            """,
            Failures.WithoutChance(await Account.ExplainAsync(sid)));
        await Account.SettleAsync();
        await Account.Webhooks.WaitForAsync(sid, "status_callback");
    }

    [Fact]
    public async Task A_message_with_a_callback_is_never_said_to_have_none()
    {
        await using var app = Account.Webhooks.Listen();
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        foreach (var round in Enumerable.Range(0, 5))
        {
            var sid = await SendAsync(shop, phone, "Hello", app.Url);
            string story;
            // It is asked for all the time while the message moves on.
            do
            {
                story = await Account.ExplainAsync(sid);
                Assert.DoesNotContain("No webhook:", story, StringComparison.Ordinal);
            }
            while (!story.Contains("status_callback (delivered)", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_webhook_that_cannot_come_is_not_waited_for()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        var sid = await SendAsync(shop, phone, "Hello");
        await phone.ReceiveAsync();

        await Failures.ExpectAsync(() => Account.Webhooks.WaitForAsync(sid, "status_callback"),
            """
            The message SM* will have no webhook of the kind status_callback that is delivered.
            From +12025550100 to +12025550101: "Hello" (delivered; SM*)
            No webhook: the message has no status callback URL.
            """);
        await Failures.ExpectAsync(() => Account.Webhooks.WaitForAsync($"SM{new string('0', 32)}", "inbound"),
            """
            The message SM* will have no webhook of the kind inbound that is delivered.
            The account AC* does not have this message.
            """);
        await Assert.ThrowsAsync<ArgumentException>(() => Account.Webhooks.WaitForAsync(sid, "callback"));
        await Assert.ThrowsAsync<ArgumentException>(() => Account.Webhooks.WaitForAsync(sid, "inbound", "ok"));
        await Assert.ThrowsAsync<ArgumentException>(() => Account.WaitForAsync(sid, "arrived"));
    }

    [Fact]
    public async Task The_webhooks_of_a_message_outlive_it()
    {
        await using var app = Account.Webhooks.Listen();
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        var sid = await SendAsync(shop, phone, "Hello", app.Url);
        await phone.ReceiveAsync();
        await MessageResource.DeleteAsync(sid, client: Twilio);

        Assert.Equal(sid, (await Account.Webhooks.WaitForAsync(sid, "status_callback")).Parameters["MessageSid"]);
    }
}
