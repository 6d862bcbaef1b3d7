using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Selection;

/// <summary>
/// Twilio's page on Messaging Services, section "Sender selection", sentence by sentence:
/// https://www.twilio.com/docs/messaging/services#sender-selection.
/// </summary>
public sealed class SenderSelectionTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string ToUs = "+14155550123", ToCa = "+16135550123", ToGb = "+447700900123", ToFr = "+33612345678";

    [Theory]
    [InlineData("rcs:agent", "+447700900001", "ACME", "60777/GB", "rcs:agent")]
    [InlineData("60777", "+447700900001", "ACME", "60777/GB")]
    [InlineData("ACME", "+447700900001", "ACME")]
    [InlineData("+447700900001", "+447700900001")]
    public async Task The_type_with_the_highest_priority_sends(string sender, params string[] pool) =>
        await AssertSenderAsync(sender, ToGb, pool);

    [Theory]
    [InlineData(ToCa, "+18005550001")]
    [InlineData(ToUs, "+14155550001")]
    public async Task In_Canada_toll_free_numbers_are_prioritized_over_long_codes(string to, string sender) =>
        await AssertSenderAsync(sender, to, "+14155550001", "+16135550001", "+18005550001");

    [Fact]
    public async Task Within_a_type_traffic_is_distributed_evenly()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550001", "+14155550002", "+14155550003");

        var senders = new List<string>();
        for (var i = 0; i < 9; i++)
            senders.Add((await server.Api.Messages.SenderForAsync(service, $"+1415555020{i}"))!);

        Assert.All(senders.CountBy(sender => sender), share => Assert.Equal(3, share.Value));
        Assert.Equal(3, senders.Distinct().Count());
    }

    [Fact]
    public async Task More_than_one_toll_free_number_is_advised_against()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+18005550001", "+18885550001");

        var sent = await server.Api.Messages.SendAndFinishAsync(service, ToUs);

        Assert.Equal("delivered", sent["status"]);
        var steps = (await server.GetAsync($"/emulator/v1/Messages/{sent["sid"]}/Timeline"))
            .Body!["sender_selection"]!["steps"]!.AsArray();
        Assert.Contains("blocked",
            steps.Single(step => step!["rule"]!.ToString() == "TollFreeAdvice")!["warning"]!.ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whatsapp:" + ToUs, "whatsapp:+14155550001")]
    [InlineData(ToUs, "+14155550001")]
    public async Task WhatsApp_senders_are_selected_only_when_To_is_prefixed(string to, string sender) =>
        await AssertSenderAsync(sender, to, "+14155550001", "whatsapp:+14155550001");

    [Fact]
    public async Task From_with_MessagingServiceSid_skips_selection_and_keeps_other_features()
    {
        await server.Api.ResetAsync();
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550001");
        await server.PostAsync($"/v1/Services/{service}", ("StatusCallback", receiver.Url)).ExpectAsync(200);
        await server.Api.Numbers.CreateAsync("+12125550009");

        var accepted = await server.PostAsync(MessagesApi.Path,
            ("To", ToUs), ("MessagingServiceSid", service), ("From", "+12125550009"),
            ("Body", "Hello")).ExpectAsync(201);

        Assert.Equal(("accepted", "+12125550009", service),
            (accepted["status"], accepted["from"], accepted["messaging_service_sid"]));
        await receiver.UntilAsync(received => received.Count >= 3);
        Assert.Equal(["queued", "sent", "delivered"], receiver.Received.Select(callback => callback.Status));
        var timeline = await server.GetAsync($"/emulator/v1/Messages/{accepted["sid"]}/Timeline");
        var selection = timeline.Body!["sender_selection"]!;
        Assert.Equal(("+12125550009", 0), (selection["chosen"]!.ToString(), selection["steps"]!.AsArray().Count));
        Assert.Empty(await server.Api.Services.StickySendersAsync(service));
    }

    [Fact]
    public async Task A_service_given_as_From_selects_like_MessagingServiceSid()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("+14155550001");

        var accepted = await server.PostAsync(MessagesApi.Path, ("To", ToUs), ("From", service),
            ("Body", "Hello")).ExpectAsync(201);

        Assert.Equal(("accepted", null, service),
            (accepted["status"], accepted["from"], accepted["messaging_service_sid"]));
        Assert.Equal("+14155550001", (await server.Api.Messages.UntilAsync(accepted["sid"]!, "delivered"))["from"]);
    }

    [Theory]
    [InlineData(ToGb, "+447700900001", "+14155550001", "+447700900001")]
    [InlineData(ToFr, "+14155550001", "+447700900001", "+14155550001")]
    [InlineData(ToFr, "+447700900001", "+447700900001")]
    [InlineData(ToUs, null, "+447700900001")]
    public async Task SMS_takes_a_number_of_the_country_else_a_US_number_else_any(
        string to, string? sender, params string[] pool) =>
        await AssertSenderAsync(sender, to, pool);

    [Theory]
    [InlineData("rcs:british", "rcs:american/US", "rcs:british/GB")]
    [InlineData("rcs:american", "rcs:american/US")]
    public async Task RCS_takes_a_sender_approved_in_the_country_else_any(string sender, params string[] pool) =>
        await AssertSenderAsync(sender, ToGb, pool);

    [Fact]
    public async Task An_RCS_sender_approved_later_must_be_removed_and_added_again()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync("rcs:first/GB", "rcs:second/US");
        var second = (await server.GetAsync($"/v1/Services/{service}/ChannelSenders")).Body!["senders"]!.AsArray()
            .Single(sender => sender!["sender"]!.ToString() == "rcs:second")!["sid"]!.ToString();
        await server.Api.ChannelSenders.ApproveAsync(second, "US", "FR").ExpectAsync(200);
        Assert.Equal(["rcs:first", "rcs:second"], await KeptAsync(service, ToFr, "CountryGeomatch"));

        await server.Api.Services.RemoveSenderAsync(service, second);
        await server.PostAsync($"/v1/Services/{service}/ChannelSenders", ("Sid", second)).ExpectAsync(201);

        Assert.Equal(["rcs:second"], await KeptAsync(service, ToFr, "CountryGeomatch"));
    }

    [Theory]
    [InlineData("whatsapp:+447700900001", "whatsapp:+14155550001", "whatsapp:+447700900001")]
    [InlineData("whatsapp:+14155550001", "whatsapp:+14155550001")]
    public async Task WhatsApp_takes_a_sender_of_the_country_else_any(string sender, params string[] pool) =>
        await AssertSenderAsync(sender, "whatsapp:" + ToGb, pool);

    [Theory]
    [InlineData("true", "+12125550001", "+14155550001", "+12125550001", "+16465550001")]
    [InlineData("true", "+16465550001", "+14155550001", "+16465550001")]
    [InlineData("true", "+14155550001", "+14155550001")]
    [InlineData("false", "+14155550001", "+14155550001", "+12125550001")]
    public async Task Area_code_geomatch_takes_the_area_code_else_an_overlay_else_another_number(
        string on, string sender, params string[] pool)
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(pool);
        await server.PostAsync($"/v1/Services/{service}", ("AreaCodeGeomatch", on)).ExpectAsync(200);

        Assert.Equal(sender, await server.Api.Messages.SenderForAsync(service, "+12125550123"));
    }

    [Theory]
    [InlineData("+14155550001", "+447700900001", "+14155550001", "ACME")]
    [InlineData(null, "+447700900001", "ACME")]
    public async Task Media_need_a_sender_that_carries_them(string? sender, params string[] pool)
    {
        await using var media = await MediaServer.StartAsync();
        await server.Api.ResetAsync();
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", ToGb), ("SupportsMms", "true")).ExpectAsync(201);
        var service = await server.Api.Services.CreateWithPoolAsync(pool);

        var message = await server.Api.Messages.SendAndFinishAsync(service, ToGb, ("MediaUrl", media.PictureUrl));

        Assert.Equal((sender, sender is null ? "21703" : null), (message["from"], message["error_code"]));
    }

    [Fact]
    public async Task A_dry_run_shows_every_sender_and_changes_nothing()
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync([.. Enumerable.Range(1,
            14).Select(i => $"+141555500{i:00}")]);

        var first = await PreviewAsync(service, ToUs);
        var again = await PreviewAsync(service, ToUs);

        Assert.Equal("+14155550001", first["chosen"]!.ToString());
        Assert.Equal(13, first["steps"]!.AsArray()[^1]!["removed"]!.AsArray().Count);
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.Empty(await server.Api.Services.StickySendersAsync(service));
        Assert.Empty((await server.GetAsync(MessagesApi.Path)).Body!["messages"]!.AsArray());
        Assert.Equal("+14155550001", await server.Api.Messages.SenderForAsync(service, ToUs));
    }

    [Theory]
    [InlineData(400, 21604, "MessagingServiceSid=MG00000000000000000000000000000000")]
    [InlineData(400, 20001, "To=%2B14155550123")]
    [InlineData(400, 21705, "To=%2B14155550123&MessagingServiceSid=MG1")]
    [InlineData(400, 21701, "To=%2B14155550123&MessagingServiceSid=MG00000000000000000000000000000000")]
    [InlineData(400, 63007, "To=messenger%3A123&MessagingServiceSid=MG00000000000000000000000000000000")]
    [InlineData(400, 21620, "To=%2B14155550123&MessagingServiceSid=MG00000000000000000000000000000000&MediaUrl=x")]
    public async Task A_dry_run_refuses_what_a_message_would_be_refused_for(int status, int code, string form) =>
        await ApiResponse.ReadAsync(await server.Http.PostAsync("/emulator/v1/SenderSelections",
            new StringContent(form, null, "application/x-www-form-urlencoded"))).ExpectErrorAsync(status, code);

    private async Task AssertSenderAsync(string? sender, string to, params string[] pool)
    {
        await server.Api.ResetAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(pool);

        // WhatsApp delivers a template to users who have not written.
        var message = await server.Api.Messages.SendAndFinishAsync(
            service, to, await server.Api.Messages.TemplateAsync());

        Assert.Equal((sender, sender is null ? "21703" : null), (message["from"], message["error_code"]));
    }

    private async Task<IEnumerable<string>> KeptAsync(string service, string to, string rule) =>
        (await PreviewAsync(service, to))["steps"]!.AsArray()
            .Single(step => step!["rule"]!.ToString() == rule)!["kept"]!.AsArray()
            .Select(sender => sender!.ToString());

    private async Task<JsonNode> PreviewAsync(string service, string to) =>
        (await server.PostAsync("/emulator/v1/SenderSelections", ("MessagingServiceSid", service),
            ("To", to)).ExpectAsync(200)).Body!["sender_selection"]!;
}
