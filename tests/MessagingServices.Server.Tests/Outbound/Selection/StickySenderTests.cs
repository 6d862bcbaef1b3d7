using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Selection;

/// <summary>
/// "Sticky Sender ensures the same From phone number is selected every time":
/// https://www.twilio.com/docs/messaging/services#sticky-sender.
/// </summary>
public sealed class StickySenderTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Us =
        "+14155550001", OtherUs = "+14155550002", Gb = "+447700900001", ToUs = "+14155550123", ToOther = "+14155550124",
        ToGb = "+447700900123", ToWhatsApp = "whatsapp:" + ToUs;

    [Fact]
    public async Task The_first_message_creates_the_mapping_and_all_others_use_it()
    {
        var service = await PoolAsync(Us, OtherUs);

        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToUs));
        Assert.Equal(OtherUs, await server.Api.Messages.SenderForAsync(service, ToOther));
        Assert.Equal([$"{ToUs} {Us}", $"{ToOther} {OtherUs}"], await server.Api.Services.StickySendersAsync(service));
        for (var i = 0; i < 3; i++) Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToUs));
    }

    [Fact]
    public async Task SMS_and_WhatsApp_are_separate_even_of_one_number()
    {
        var service = await PoolAsync(Us, OtherUs, "whatsapp:" + Us, "whatsapp:" + OtherUs);
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToUs));
        Assert.Equal(OtherUs, await server.Api.Messages.SenderForAsync(service, ToOther));

        var template = await server.Api.Messages.TemplateAsync();
        Assert.Equal("whatsapp:" + Us,
            await server.Api.Messages.SenderForAsync(service, "whatsapp:" + ToOther, template));
        Assert.Equal("whatsapp:" + OtherUs, await server.Api.Messages.SenderForAsync(service, ToWhatsApp, template));

        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToUs));
        Assert.Equal("whatsapp:" + OtherUs, await server.Api.Messages.SenderForAsync(service, ToWhatsApp, template));
        Assert.Equal([$"{ToUs} {Us}", $"{ToOther} {OtherUs}", $"{ToWhatsApp} whatsapp:{OtherUs}",
            $"whatsapp:{ToOther} whatsapp:{Us}"],
            await server.Api.Services.StickySendersAsync(service));
    }

    [Fact]
    public async Task RCS_is_not_sticky()
    {
        var service = await PoolAsync(Us, "rcs:one", "rcs:two");

        Assert.Equal("rcs:one", await server.Api.Messages.SenderForAsync(service, ToUs));
        Assert.Equal("rcs:two", await server.Api.Messages.SenderForAsync(service, ToUs));
        Assert.Empty(await server.Api.Services.StickySendersAsync(service));
    }

    [Fact]
    public async Task Switched_off_mappings_are_ignored_and_switched_on_again_they_are_used()
    {
        var service = await PoolAsync(Us, OtherUs);
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToUs));
        await SwitchAsync(service, "false");
        Assert.Equal(OtherUs, await server.Api.Messages.SenderForAsync(service, ToUs));
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToOther));

        Assert.Equal([$"{ToUs} {Us}"], await server.Api.Services.StickySendersAsync(service));
        await SwitchAsync(service, "true");

        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToUs));
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToUs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Mappings_go_with_the_sender_that_leaves_the_pool(bool released)
    {
        var service = await PoolAsync(Us);
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToUs));
        var number = (await server.GetAsync($"/v1/Services/{service}/PhoneNumbers"))
            .Body!["phone_numbers"]![0]!["sid"]!.ToString();
        await server.Api.Services.AddSenderAsync(service, OtherUs);

        if (released) await server.DeleteAsync($"{NumbersApi.Root}/{number}.json").ExpectAsync(204);
        else await server.Api.Services.RemoveSenderAsync(service, number);

        Assert.Empty(await server.Api.Services.StickySendersAsync(service));
        if (!released) await server.Api.Services.AddNumberAsync(service, number).ExpectAsync(201);
        Assert.Empty(await server.Api.Services.StickySendersAsync(service));
        Assert.Equal(OtherUs, released ? await server.Api.Messages.SenderForAsync(service,
            ToUs) : await SenderOfTwoAsync(service));
    }

    [Fact]
    public async Task A_number_of_the_recipients_country_that_joins_takes_over()
    {
        var service = await PoolAsync(Us);
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToGb));
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToUs));

        await server.Api.Services.AddSenderAsync(service, Gb);

        Assert.Equal([$"{ToUs} {Us}", $"{ToGb} {Gb}"], await server.Api.Services.StickySendersAsync(service));
        Assert.Equal(Gb, await server.Api.Messages.SenderForAsync(service, ToGb));
    }

    [Fact]
    public async Task A_toll_free_number_that_joins_takes_over_no_recipient()
    {
        var service = await PoolAsync("+16135550001");
        Assert.Equal("+16135550001", await server.Api.Messages.SenderForAsync(service, ToUs));

        await server.Api.Services.AddSenderAsync(service, "+18005550001");

        Assert.Equal([$"{ToUs} +16135550001"], await server.Api.Services.StickySendersAsync(service));
    }

    [Fact]
    public async Task A_short_code_comes_before_a_number_that_joined_with_it()
    {
        var service = await PoolAsync(Us);
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToGb));

        await server.Api.Services.AddSenderAsync(service, Gb);
        await server.Api.Services.AddSenderAsync(service, "60777/GB");

        Assert.Equal("60777", await server.Api.Messages.SenderForAsync(service, ToGb));
    }

    [Fact]
    public async Task A_sticky_local_number_stays_when_a_short_code_or_alphanumeric_sender_joins()
    {
        var service = await PoolAsync(Us, Gb);
        Assert.Equal(Gb, await server.Api.Messages.SenderForAsync(service, ToGb));

        await server.Api.Services.AddSenderAsync(service, "60777/GB");
        await server.Api.Services.AddSenderAsync(service, "ACME");
        await server.Api.Services.AddSenderAsync(service, "+447700900002");

        Assert.Equal(Gb, await server.Api.Messages.SenderForAsync(service, ToGb));
        Assert.Equal("60777", await server.Api.Messages.SenderForAsync(service, "+447700900124"));
    }

    [Fact]
    public async Task An_alphanumeric_sender_changes_no_mapping_and_keeps_its_own()
    {
        var service = await PoolAsync(Us);
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToGb));
        await server.Api.Services.AddSenderAsync(service, "ACME");
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToGb));

        Assert.Equal("ACME", await server.Api.Messages.SenderForAsync(service, "+447700900124"));
        await server.Api.Services.AddSenderAsync(service, Gb);

        Assert.Equal("ACME", await server.Api.Messages.SenderForAsync(service, "+447700900124"));
        Assert.Equal(Gb, await server.Api.Messages.SenderForAsync(service, ToGb));
    }

    [Theory]
    [InlineData("60777/GB", "60777")]
    [InlineData("British/GB", "British")]
    public async Task A_recipient_with_an_alphanumeric_sender_keeps_it_when_a_better_one_joins(
        string joins, string sender)
    {
        var service = await PoolAsync("ACME");
        Assert.Equal("ACME", await server.Api.Messages.SenderForAsync(service, ToGb));

        await server.Api.Services.AddSenderAsync(service, joins);

        Assert.Equal("ACME", await server.Api.Messages.SenderForAsync(service, ToGb));
        Assert.Equal(sender, await server.Api.Messages.SenderForAsync(service, "+447700900124"));
    }

    [Fact]
    public async Task A_sender_that_cannot_carry_media_gives_way_for_that_message_only()
    {
        await using var media = await MediaServer.StartAsync();
        var service = await PoolAsync(Gb);
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", ToGb), ("SupportsMms", "true")).ExpectAsync(201);
        Assert.Equal(Gb, await server.Api.Messages.SenderForAsync(service, ToGb));
        Assert.Null(await server.Api.Messages.SenderForAsync(service, ToGb, ("MediaUrl", media.PictureUrl)));
        Assert.Equal([$"{ToGb} {Gb}"], await server.Api.Services.StickySendersAsync(service));

        await server.Api.Services.AddSenderAsync(service, Us);
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToGb, ("MediaUrl", media.PictureUrl)));

        Assert.Equal([$"{ToGb} {Gb}"], await server.Api.Services.StickySendersAsync(service));
        Assert.Equal(Gb, await server.Api.Messages.SenderForAsync(service, ToGb));
    }

    [Fact]
    public async Task The_list_is_filtered_by_recipient()
    {
        var service = await PoolAsync(Us, "whatsapp:" + Us);
        var template = await server.Api.Messages.TemplateAsync();
        foreach (var to in new[] { ToUs, ToOther, ToWhatsApp })
            await server.Api.Messages.SenderForAsync(service, to, template);

        Assert.Equal(2, await CountAsync($"To={Uri.EscapeDataString(ToUs)}"));
        Assert.Equal(1, await CountAsync($"To={Uri.EscapeDataString(ToWhatsApp)}"));
        Assert.Equal(3, await CountAsync($"MessagingServiceSid={service}&PageSize=5"));
        Assert.Equal(0, await CountAsync("To=%2B4412"));
        await server.GetAsync("/emulator/v1/StickySenders?MessagingServiceSid=MG1").ExpectErrorAsync(400, 20001);
        using var other = await server.OtherAccountAsync();
        Assert.Empty((await other.Api.RequestAsync(HttpMethod.Get,
            "/emulator/v1/StickySenders")).Body!["sticky_senders"]!.AsArray());

        async Task<int> CountAsync(string query) =>
            (await server.GetAsync($"/emulator/v1/StickySenders?{query}").ExpectAsync(200))
                .Body!["sticky_senders"]!.AsArray().Count;
    }

    private async Task<string> PoolAsync(params string[] senders)
    {
        await server.Api.ResetAsync();
        return await server.Api.Services.CreateWithPoolAsync(senders);
    }

    /// <summary>
    /// The number that was added again has no use on record, like the other: the one that joined first is taken.
    /// </summary>
    private Task<string?> SenderOfTwoAsync(string service) => server.Api.Messages.SenderForAsync(service, ToUs);

    private Task<ApiResponse> SwitchAsync(string service, string on) =>
        server.PostAsync($"/v1/Services/{service}", ("StickySender", on)).ExpectAsync(200);
}
