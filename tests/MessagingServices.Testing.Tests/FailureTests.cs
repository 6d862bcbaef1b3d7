using System.Text.RegularExpressions;
using Twilio.Rest.Api.V2010.Account;

namespace MessagingServices.Testing.Tests;

/// <summary>What a failed test prints: what did arrive, and why the rest did not.</summary>
public sealed partial class FailureTests(Sms sms) : AccountTests(sms)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_message_that_was_never_sent()
    {
        var phone = Account.Handset();

        await ExpectAsync(() => phone.ReceiveAsync("code", Short),
            """
            +12025550100 has received no message that contains "code" within 1 s.
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
            +12025550101 has received no message with a code within 1 s.
            It has received:
              "Welcome" (delivered; SM*), which was read
            Messages to others:
              to +12025550102: "Your code is 482913" (delivered; SM*)
            """);
    }

    [Fact]
    public async Task A_message_for_which_the_Messaging_Service_has_no_sender()
    {
        var (service, phone) = (await CreateServiceAsync(), Account.Handset());
        await MessageResource.CreateAsync(
            to: phone.Number, messagingServiceSid: service, body: "Your code is 482913", client: Twilio);

        await ExpectAsync(() => phone.ReceiveCodeAsync(timeout: Short), "");
    }

    [Fact]
    public async Task A_message_that_waits_for_a_frozen_clock()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await Account.Clock.FreezeAsync();
        await SendAsync(shop, phone, "Reminder");

        await ExpectAsync(() => phone.ReceiveAsync(timeout: Short), "");
    }

    [Fact]
    public async Task A_message_that_a_fault_has_lost()
    {
        var (shop, phone) = (await Account.BuyNumberAsync(), Account.Handset());
        await using var fault = await Account.Faults.FailDeliveryAsync(30003, phone.Number, times: 1);
        await SendAsync(shop, phone, "Reminder");

        await ExpectAsync(() => phone.ReceiveAsync(timeout: Short), "");
    }

    [Fact]
    public async Task An_answer_whose_webhook_was_refused()
    {
        await using var app = Account.Webhooks.Listen(_ => throw new InvalidOperationException("Invalid signature"));
        var (shop, phone) = (await Account.BuyNumberAsync(smsUrl: app.Url), Account.Handset());
        await phone.SendAsync(shop, "Hi");

        await ExpectAsync(() => phone.ReceiveAsync(timeout: Short), "");
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

        if (expected.Length == 0) Assert.Fail(failure.Message);
        Assert.Equal(expected, Variable().Replace(failure.Message, match => match.Groups["kind"].Value + "*"));
    }

    [GeneratedRegex(@"(?<kind>[A-Z]{2})[0-9a-f]{32}|(?<kind>127\.0\.0\.1:)\d+|\d{4}-\d\d-\d\dT[\d:.]+Z")]
    private static partial Regex Variable();
}
