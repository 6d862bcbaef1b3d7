using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Selection;

/// <summary>
/// RCS first, and the same message as SMS or MMS where the handset takes none:
/// https://www.twilio.com/docs/messaging/services#specify-a-fallback-sms-or-mms-sender.
/// </summary>
public sealed class RcsFallbackTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Us =
        "+14155550001", OtherUs = "+12125550001", Agent = "rcs:agent", ToUs = "+14155550123", ToGb = "+447700900123";

    [Fact]
    public async Task A_handset_with_RCS_gets_RCS_and_may_read_it()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await PoolAsync(Us, Agent);
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", ToUs), ("Outcome", "read")).ExpectAsync(201);

        var sid = await server.Api.Messages.SendAsync(("To", ToUs), ("MessagingServiceSid", service),
            ("Body", new string('a', 161)), ("StatusCallback", receiver.Url));

        var read = await server.Api.Messages.UntilAsync(sid, "read");
        Assert.Equal((Agent, ToUs, "2"), (read["from"], read["to"], read["num_segments"]));
        await receiver.UntilAsync(received => received.Count >= 4);
        Assert.Equal(["queued", "sent", "delivered", "read"], receiver.Received.Select(callback => callback.Status));
        var parameters = receiver.Received.Last().Parameters;
        Assert.Equal((Agent, "rcs", "READ", "XE"),
            (parameters["From"], parameters["ChannelPrefix"], parameters["EventType"],
                parameters["ChannelInstallSid"][..2]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handset_without_RCS_gets_the_same_message_from_the_only_other_sender(bool hasMedia)
    {
        await using var media = await MediaServer.StartAsync();
        await using var receiver = await CallbackReceiver.StartAsync();
        var service = await PoolAsync(Us, Agent);
        await server.Api.DisableRcsAsync(ToUs);

        var message = await server.Api.Messages.SendAndFinishAsync(service, ToUs,
            [("StatusCallback", receiver.Url), .. hasMedia ? new[] { ("MediaUrl", media.PictureUrl) } : []]);

        Assert.Equal(("delivered", Us, null), (message["status"], message["from"], message["error_code"]));
        await receiver.UntilAsync(received => received.Count >= 3);
        Assert.Equal(["queued", "sent", "delivered"], receiver.Received.Select(callback => callback.Status));
        Assert.DoesNotContain(receiver.Received, callback => callback.Parameters.ContainsKey("ChannelPrefix"));
    }

    [Fact]
    public async Task FallbackFrom_sends_for_a_handset_without_RCS_though_it_is_in_no_pool()
    {
        var service = await PoolAsync(Us, Agent);
        await server.Api.Numbers.CreateAsync(OtherUs);
        await server.Api.DisableRcsAsync(ToUs);

        Assert.Equal(OtherUs, await server.Api.Messages.SenderForAsync(service, ToUs, ("FallbackFrom", OtherUs)));
        Assert.Equal(Agent, await server.Api.Messages.SenderForAsync(service, "+14155550124",
            ("FallbackFrom", OtherUs)));
        Assert.Empty(await server.Api.Services.StickySendersAsync(service));
        Assert.Equal("Brand", await FallbackAsync(ToGb, "Brand"));

        async Task<string?> FallbackAsync(string to, string fallback)
        {
            await server.Api.DisableRcsAsync(to);
            return await server.Api.Messages.SenderForAsync(service, to, ("FallbackFrom", fallback));
        }
    }

    [Fact]
    public async Task Among_several_senders_the_usual_rules_choose_and_stick()
    {
        var service = await PoolAsync(Us, OtherUs, Agent);
        await server.Api.DisableRcsAsync();

        Assert.Equal(OtherUs, await server.Api.Messages.SenderForAsync(service, "+12125550123"));
        Assert.Equal([$"+12125550123 {OtherUs}"], await server.Api.Services.StickySendersAsync(service));
    }

    [Fact]
    public async Task A_dry_run_asks_the_handset_too()
    {
        var service = await PoolAsync(Us, Agent);
        await server.Api.Numbers.CreateAsync(OtherUs);
        Assert.Equal(Agent, await PreviewAsync());
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", ToUs), ("SupportsRcs", "false"),
            ("Times", "1")).ExpectAsync(201);

        Assert.Equal(Us, await PreviewAsync());
        Assert.Equal(OtherUs, await PreviewAsync(("FallbackFrom", OtherUs)));
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToUs));
        Assert.Equal(Agent, await PreviewAsync());

        async Task<string?> PreviewAsync(params (string, string)[] more) =>
            (await server.PostAsync("/emulator/v1/SenderSelections",
            [("MessagingServiceSid", service), ("To", ToUs),
                .. more]).ExpectAsync(200)).Body!["sender_selection"]!["chosen"]?.ToString();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_recipient_or_a_sender_written_with_rcs_has_no_fallback(bool recipient)
    {
        var service = await PoolAsync(Us, Agent);
        await server.Api.DisableRcsAsync(ToUs);

        var message = recipient
            ? await server.Api.Messages.SendAndFinishAsync(service, "rcs:" + ToUs)
            : await server.Api.Messages.SendAndFinishAsync(service, ToUs, ("From", Agent));

        Assert.Equal(("undelivered", "63036", Agent), (message["status"], message["error_code"], message["from"]));
    }

    [Theory]
    [InlineData(21666, "", OtherUs, true)]
    [InlineData(21666, "From=" + Us, OtherUs, true)]
    [InlineData(21666, "From=" + Us, "not a sender!", false)]
    [InlineData(21664, "service&From=" + Us, OtherUs, true)]
    [InlineData(21665, "service", "+12125550009", true)]
    [InlineData(21665, "service", "12345", true)]
    [InlineData(21665, "service", Agent, true)]
    [InlineData(21665, "service", "not a sender!", true)]
    [InlineData(21667, "service", OtherUs, false)]
    public async Task FallbackFrom_is_refused(int code, string how, string fallback, bool withRcs)
    {
        var service = await PoolAsync(withRcs ? [Us, Agent] : [Us]);
        await server.Api.Numbers.CreateAsync(OtherUs);
        List<(string, string)> form = [("To", ToUs), ("Body", "x"), ("FallbackFrom", fallback)];
        if (how.StartsWith("service", StringComparison.Ordinal)) form.Add(("MessagingServiceSid", service));
        if (how.Contains("From=", StringComparison.Ordinal)) form.Add(("From", Us));

        await server.PostAsync(MessagesApi.Path, [.. form]).ExpectErrorAsync(400, code);

        Assert.Empty((await server.GetAsync(MessagesApi.Path)).Body!["messages"]!.AsArray());
    }

    private async Task<string> PoolAsync(params string[] senders)
    {
        await server.Api.ResetAsync();
        return await server.Api.Services.CreateWithPoolAsync(senders);
    }
}
