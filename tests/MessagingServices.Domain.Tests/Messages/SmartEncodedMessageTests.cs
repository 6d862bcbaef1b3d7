using static MessagingServices.Domain.Messages.MessageStatus;

namespace MessagingServices.Domain.Tests.Messages;

/// <summary>Smart encoding of a message: when it applies, the segments, and the stored body.</summary>
public sealed class SmartEncodedMessageTests
{
    private const string Number = "+14155550199", Rcs = "rcs:agent", WhatsApp = "whatsapp:+14155550199";
    private const string Curly = "“Hi”";
    private static readonly string Long = new string('a', 159) + "—";
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static OutboundMessage Draft(string body, MessageOptions options) =>
        new(Sid.Create("SM", 3), Sid.Create("AC", 1), "+447700900123", body)
        {
            MessagingServiceSid = Sid.Create("MG", 2),
            Options = options,
        };

    [Theory]
    [InlineData(MessageOptions.None, true, true)]
    [InlineData(MessageOptions.None, false, false)]
    [InlineData(MessageOptions.SmartEncoded, false, true)]
    [InlineData(MessageOptions.NotSmartEncoded, true, false)]
    public void Smart_encoding_is_set_by_the_message_or_else_the_service(
        MessageOptions options, bool service, bool encoded)
    {
        var message = Message.Accept(Draft(Long, options), Noon);

        message.QueueWith(Number, null, service, Noon);

        Assert.Equal((encoded ? 1 : 3, Long), (message.NumSegments, message.Body));
        Assert.Equal(encoded ? Long.Replace('—', '-') : Long, message.SentText);
    }

    [Theory]
    [InlineData(MessageOptions.None, true)]
    [InlineData(MessageOptions.SmartEncoded, false)]
    public void Body_becomes_the_sent_text_when_sent(MessageOptions options, bool service)
    {
        var message = Message.Accept(Draft(Curly, options), Noon);
        message.QueueWith(Number, null, service, Noon);
        message.TransitionTo(Sending, Noon);
        Assert.Equal(Curly, message.Body);

        message.TransitionTo(Sent, Noon);

        Assert.Equal(("\"Hi\"", true), (message.Body, message.IsRewritten));
    }

    [Fact]
    public void Rejected_message_keeps_the_requested_body()
    {
        var message = Message.Accept(Draft(Curly, MessageOptions.SmartEncoded), Noon);
        message.QueueWith(Number, null, smartEncoding: true, Noon);
        message.TransitionTo(Sending, Noon);

        message.TransitionTo(Failed, Noon, 30008);

        Assert.Equal((Curly, false), (message.Body, message.IsRewritten));
    }

    [Theory]
    [InlineData("plain", Number, MessageOptions.None)]
    [InlineData("plain", Number, MessageOptions.SmartEncoded)]
    [InlineData("“\U0001F631”", Number, MessageOptions.SmartEncoded)]
    [InlineData(Curly, Rcs, MessageOptions.SmartEncoded)]
    [InlineData(Curly, WhatsApp, MessageOptions.SmartEncoded)]
    [InlineData(Curly, Number, MessageOptions.SmartEncoded | MessageOptions.SendAsMms)]
    [InlineData(Curly, Rcs, MessageOptions.None)]
    public void Only_SMS_with_replaceable_characters_change(string body, string from, MessageOptions options)
    {
        var message = Message.Accept(Draft(body, options), Noon);
        message.QueueWith(from, null, smartEncoding: true, Noon);
        message.TransitionTo(Sending, Noon);

        message.TransitionTo(Sent, Noon);

        Assert.Equal((body, body, options, false),
            (message.Body, message.SentText, message.Options, message.IsRewritten));
    }

    [Fact]
    public void Message_with_media_is_not_encoded()
    {
        var draft = Draft(Curly, MessageOptions.SmartEncoded) with { MediaUrls = ["http://localhost/cat.png"] };
        var message = Message.Accept(draft, Noon);

        message.QueueWith(Number, null, smartEncoding: true, Noon);

        Assert.Equal(Curly, message.SentText);
    }

    [Theory]
    [InlineData(MessageOptions.None, 3)]
    [InlineData(MessageOptions.SmartEncoded, 1)]
    public void Message_without_service_uses_its_own_setting(MessageOptions options, int segments) =>
        Assert.Equal(segments,
            Message.Accept(Draft(Long, options) with { MessagingServiceSid = null, From = Number }, Noon).NumSegments);
}
