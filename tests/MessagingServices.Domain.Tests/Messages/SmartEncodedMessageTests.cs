using static MessagingServices.Domain.Messages.MessageStatus;

namespace MessagingServices.Domain.Tests.Messages;

/// <summary>Whether a message is smart-encoded, what is counted, and when its body becomes what was sent.</summary>
public sealed class SmartEncodedMessageTests
{
    private const string Number = "+14155550199", Rcs = "rcs:agent", WhatsApp = "whatsapp:+14155550199";
    private const string Curly = "“Hi”";
    private static readonly string Long = new string('a', 159) + "—";
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static OutboundMessage Draft(string body, MessageOptions options) =>
        new(Sid.Create("SM", 3), Sid.Create("AC", 1), "+447700900123", body) { MessagingServiceSid = Sid.Create("MG", 2), Options = options };

    [Theory]
    [InlineData(MessageOptions.None, true, true)]
    [InlineData(MessageOptions.None, false, false)]
    [InlineData(MessageOptions.SmartEncoded, false, true)]
    [InlineData(MessageOptions.NotSmartEncoded, true, false)]
    public void The_message_decides_else_the_messaging_service(MessageOptions asked, bool service, bool encoded)
    {
        var message = Message.Accept(Draft(Long, asked), Noon);

        message.QueueWith(Number, null, service, Noon);

        Assert.Equal((encoded ? 1 : 3, Long), (message.NumSegments, message.Body));
        Assert.Equal(encoded ? Long.Replace('—', '-') : Long, message.SentText);
    }

    [Theory]
    [InlineData(MessageOptions.None, true)]
    [InlineData(MessageOptions.SmartEncoded, false)]
    public void The_body_becomes_what_was_sent_when_it_is_sent(MessageOptions asked, bool service)
    {
        var message = Message.Accept(Draft(Curly, asked), Noon);
        message.QueueWith(Number, null, service, Noon);
        message.TransitionTo(Sending, Noon);
        Assert.Equal(Curly, message.Body);

        message.TransitionTo(Sent, Noon);

        Assert.Equal(("\"Hi\"", true), (message.Body, message.IsRewritten));
    }

    [Fact]
    public void A_message_that_the_carrier_refuses_keeps_the_body_that_was_asked_for()
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
    public void Only_an_SMS_in_which_there_is_something_to_replace_changes(string body, string from, MessageOptions asked)
    {
        var message = Message.Accept(Draft(body, asked), Noon);
        message.QueueWith(from, null, smartEncoding: true, Noon);
        message.TransitionTo(Sending, Noon);

        message.TransitionTo(Sent, Noon);

        Assert.Equal((body, body, asked, false), (message.Body, message.SentText, message.Options, message.IsRewritten));
    }

    [Fact]
    public void A_message_with_media_is_not_encoded()
    {
        var message = Message.Accept(Draft(Curly, MessageOptions.SmartEncoded) with { MediaUrls = ["http://localhost/cat.png"] }, Noon);

        message.QueueWith(Number, null, smartEncoding: true, Noon);

        Assert.Equal(Curly, message.SentText);
    }

    [Theory]
    [InlineData(MessageOptions.None, 3)]
    [InlineData(MessageOptions.SmartEncoded, 1)]
    public void Without_a_messaging_service_only_the_message_itself_asks(MessageOptions asked, int segments) =>
        Assert.Equal(segments, Message.Accept(Draft(Long, asked) with { MessagingServiceSid = null, From = Number }, Noon).NumSegments);
}
