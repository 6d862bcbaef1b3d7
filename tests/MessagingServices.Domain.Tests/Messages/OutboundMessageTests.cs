namespace MessagingServices.Domain.Tests.Messages;

public sealed class OutboundMessageTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Sid Account = Sid.Create(SidPrefix.Account, 1);

    private static readonly MessagingService Service =
        new(Sid.Create(SidPrefix.MessagingService, 2), Account, "Service", Now)
    {
        StatusCallback = "https://example.com/service",
        ValidityPeriod = 60,
    };

    [Fact]
    public void Status_callback_and_validity_period_default_to_those_of_the_messaging_service()
    {
        var message = Create(service: Service);
        Assert.Equal((Service.Sid, Service.StatusCallback, 60),
            (message.MessagingServiceSid, message.StatusCallback, message.ValidityPeriod));
    }

    [Fact]
    public void Status_callback_and_validity_period_of_the_message_win()
    {
        var message = Create(Service, statusCallback: "https://example.com/own", validityPeriod: 5);
        Assert.Equal(("https://example.com/own", 5), (message.StatusCallback, message.ValidityPeriod));
    }

    [Fact]
    public void Message_without_messaging_service_has_the_max_validity_period_and_no_callback()
    {
        var message = Message.Accept(Create(service: null), DateTimeOffset.UnixEpoch);
        Assert.Equal((null, null, OutboundMessage.MaxValidityPeriod),
            (message.MessagingServiceSid, message.StatusCallback, message.ValidityPeriod));
    }

    [Fact]
    public void Sender_on_a_channel_gives_address_and_channel_install_sid()
    {
        Assert.True(ChannelAddress.TryParse("rcs:agent", out var address));
        var sender = new PoolSender(Service.Sid,
            new ChannelSender(Sid.Create(SidPrefix.ChannelSender, 3), Account, address, Now), Now);
        var message = Create(Service, sender);
        Assert.Equal(("rcs:agent", (Sid?)sender.Sid), (message.From, message.ChannelInstallSid));
    }

    [Fact]
    public void Phone_number_has_no_channel_install_sid()
    {
        Assert.True(PhoneNumberValue.TryParse("+14155550100", out var number));
        var sender = new PoolSender(Service.Sid,
            new PhoneNumber(Sid.Create(SidPrefix.PhoneNumber, 4), Account, number, Now), Now);
        var message = Create(Service, sender);
        Assert.Equal(("+14155550100", null), (message.From, message.ChannelInstallSid));
    }

    [Fact]
    public void SID_prefix_differs_for_text_and_media() =>
        Assert.Equal(("SM", "MM"), (SidPrefix.OfMessage(isMms: false), SidPrefix.OfMessage(isMms: true)));

    private static OutboundMessage Create(
        MessagingService? service, PoolSender? sender = null, string? statusCallback = null,
        int? validityPeriod = null) =>
        OutboundMessage.Create(Sid.Create(SidPrefix.TextMessage, 5), Account, "+14155550199", "Hi", sender, service,
            statusCallback, validityPeriod);
}
