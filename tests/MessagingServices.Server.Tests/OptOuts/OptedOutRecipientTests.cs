using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>"Attempt to send to unsubscribed recipient": https://www.twilio.com/docs/api/errors/21610.</summary>
public sealed class OptedOutRecipientTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Number =
        "+14155550001", OtherNumber = "+14155550002", To = "+14155550123", Other = "+14155550124";

    [Fact]
    public async Task A_message_that_names_its_sender_is_refused_at_once_and_not_stored()
    {
        await server.Api.ResetAsync();
        await server.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", Number));
        await server.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", OtherNumber));
        await server.Api.OptOuts.ConsentAsync(To, Number);

        var refused = await SendAsync(To, Number).ExpectErrorAsync(400, 21610);

        Assert.Equal("Attempt to send to unsubscribed recipient", refused["message"]);
        Assert.Empty((await server.GetAsync(MessagesApi.Path)).Body!["messages"]!.AsArray());
        await SendAsync(To, OtherNumber).ExpectAsync(201);
        await SendAsync(Other, Number).ExpectAsync(201);
        await server.Api.OptOuts.ConsentAsync(To, Number, "opt-in");
        await SendAsync(To, Number).ExpectAsync(201);
    }

    [Fact]
    public async Task Who_has_opted_out_of_a_service_gets_nothing_of_any_sender_of_its_pool()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number, "12345/US", "rcs:agent");
        var another = await server.Api.Services.CreateWithPoolAsync(OtherNumber);
        await server.Api.OptOuts.ConsentAsync(To, service);

        foreach (var from in new[] { Number, "12345", "rcs:agent" })
            await SendAsync(To, from).ExpectErrorAsync(400, 21610);
        await SendAsync(To, OtherNumber).ExpectAsync(201);
        Assert.Equal("delivered", (await server.Api.Messages.SendAndFinishAsync(another, To))["status"]);
    }

    [Fact]
    public async Task A_Messaging_Service_accepts_the_message_fails_it_and_its_selection_says_why()
    {
        await server.Api.ResetAsync();
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number);
        await server.Api.OptOuts.ConsentAsync(To, service);

        var failed = await server.Api.Messages.SendAndFinishAsync(service, To, ("StatusCallback", receiver.Url));

        Assert.Equal(("failed", "21610", "Attempt to send to unsubscribed recipient", null),
            (failed["status"], failed["error_code"], failed["error_message"], failed["from"]));
        Assert.Equal((null, "The recipient has opted out of the Messaging Service."),
            await SelectionAsync(failed["sid"]!));
        await receiver.UntilAsync(received => received.Count > 0);
        Assert.Equal(["failed"], receiver.Received.Select(callback => callback.Status));
        Assert.Equal("delivered", (await server.Api.Messages.SendAndFinishAsync(service, Other))["status"]);
    }

    [Fact]
    public async Task A_message_fails_too_when_the_sender_that_is_chosen_is_the_one_opted_out_of()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number);
        await server.Api.OptOuts.ConsentAsync(To, Number);

        var failed = await server.Api.Messages.SendAndFinishAsync(service, To);

        Assert.Equal(("failed", "21610", null), (failed["status"], failed["error_code"], failed["from"]));
        var (chosen, reason) = await SelectionAsync(failed["sid"]!);
        Assert.Null(chosen);
        Assert.EndsWith($"The recipient has opted out of the sender {Number}.", reason, StringComparison.Ordinal);
        Assert.Empty(await server.Api.Services.StickySendersAsync(service));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_both_a_service_and_a_sender_it_fails_later_too(bool optsOutOfService)
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number);
        await server.Api.OptOuts.ConsentAsync(To, optsOutOfService ? service : Number);

        var failed = await server.Api.Messages.SendAndFinishAsync(service, To, ("From", Number));

        Assert.Equal(("failed", "21610", Number), (failed["status"], failed["error_code"], failed["from"]));
        Assert.Equal(
            (null, $"The recipient has opted out of "
            + $"{(optsOutOfService ? "the Messaging Service" : $"the sender {Number}")}."),
            await SelectionAsync(failed["sid"]!));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task With_synchronous_validation_the_request_is_refused_at_once(
        bool optsOutOfService, bool namesSender)
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number);
        await server.PostAsync($"/v1/Services/{service}", ("SynchronousValidation", "true")).ExpectAsync(200);
        await server.Api.OptOuts.ConsentAsync(To, optsOutOfService ? service : Number);
        (string, string)[] from = namesSender ? [("From", Number)] : [];

        await server.PostAsync(MessagesApi.Path,
            [.. from, ("To", To), ("MessagingServiceSid", service), ("Body", "x")]).ExpectErrorAsync(400, 21610);
        await server.PostAsync(MessagesApi.Path,
            [.. from, ("To", Other), ("MessagingServiceSid", service), ("Body", "x")]).ExpectAsync(201);
    }

    [Fact]
    public async Task The_dry_run_of_a_selection_says_so_as_well()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number);
        await server.Api.OptOuts.ConsentAsync(To, service);

        var selection = (await server.PostAsync("/emulator/v1/SenderSelections", ("MessagingServiceSid", service),
            ("To", To)).ExpectAsync(200))
            .Body!["sender_selection"]!;

        Assert.Equal((null, "The recipient has opted out of the Messaging Service."),
            (selection["chosen"]?.ToString(), selection["reason"]!.ToString()));
    }

    [Fact]
    public async Task A_scheduled_message_is_judged_when_its_time_has_come()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number);
        var sids = new List<string>();
        foreach (var to in new[] { To, Other })
        {
            sids.Add(await server.Api.Messages.SendAsync(("To", to), ("MessagingServiceSid", service),
                ("Body", "Later"), ("ScheduleType", "fixed"),
                ("SendAt", TimeProvider.System.GetUtcNow().AddHours(1).ToString("O"))));
        }

        await server.Api.OptOuts.ConsentAsync(To, service);
        await server.PostAsync("/emulator/v1/Clock", ("Advance", "PT2H")).ExpectAsync(200);

        Assert.Equal("21610", (await server.Api.Messages.UntilAsync(sids[0], "failed"))["error_code"]);
        await server.Api.Messages.UntilAsync(sids[1], "delivered");
    }

    [Fact]
    public async Task SMS_MMS_and_RCS_are_one_channel_and_whatsapp_is_another()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number, "rcs:agent/US", "whatsapp:" + Number);
        await server.Api.OptOuts.ConsentAsync(To, service);
        await server.Api.OptOuts.ConsentAsync("whatsapp:" + Other, service);

        await SendAsync("rcs:" + To, "rcs:agent").ExpectErrorAsync(400, 21610);
        await server.PostAsync(MessagesApi.Path, ("To", To), ("From", Number),
            ("MediaUrl", $"{server.Url}/none.png")).ExpectErrorAsync(400, 21610);
        await SendAsync("whatsapp:" + To, "whatsapp:" + Number).ExpectAsync(201);
        await SendAsync("whatsapp:" + Other, "whatsapp:" + Number).ExpectErrorAsync(400, 21610);
        await SendAsync(Other, Number).ExpectAsync(201);
        await SendAsync("rcs:" + Other, "rcs:agent").ExpectAsync(201);
    }

    [Fact]
    public async Task An_RCS_message_does_not_fall_back_to_SMS_for_who_has_opted_out()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(Number, "rcs:agent");
        await server.Api.OptOuts.ConsentAsync(To, "rcs:agent");

        Assert.Equal("21610", (await server.Api.Messages.SendAndFinishAsync(service, To))["error_code"]);
    }

    [Fact]
    public async Task Opting_out_of_a_number_holds_after_it_has_joined_a_pool()
    {
        await server.Api.ResetAsync();
        await server.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", OtherNumber));
        await server.Api.OptOuts.ConsentAsync(To, OtherNumber);
        var service = await server.Api.Services.CreateAsync();
        var sid = (await server.GetAsync($"{NumbersApi.Path}?PhoneNumber=%2B14155550002"))
            .Body!["incoming_phone_numbers"]![0]!["sid"]!.ToString();
        await server.Api.Services.AddNumberAsync(service, sid).ExpectAsync(201);

        await SendAsync(To, OtherNumber).ExpectErrorAsync(400, 21610);
        Assert.Equal("21610", (await server.Api.Messages.SendAndFinishAsync(service, To))["error_code"]);
    }

    private Task<ApiResponse> SendAsync(string to, string from) =>
        server.PostAsync(MessagesApi.Path, ("To", to), ("From", from), ("Body", "Hello"));

    private async Task<(string? Chosen, string Reason)> SelectionAsync(string sid)
    {
        var selection = (await server.GetAsync($"/emulator/v1/Messages/{sid}/Timeline").ExpectAsync(200))
            .Body!["sender_selection"]!;
        return (selection["chosen"]?.ToString(), selection["reason"]!.ToString());
    }
}
