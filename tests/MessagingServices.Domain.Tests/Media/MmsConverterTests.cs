using CsCheck;

namespace MessagingServices.Domain.Tests.Media;

public sealed class MmsConverterTests
{
    private static readonly Sid Account = Sid.Create(SidPrefix.Account, 1);
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Look", "Look\nhttp://a/m/1")]
    [InlineData("", "http://a/m/1")]
    [InlineData(" ", " \nhttp://a/m/1")]
    public void Line_feed_separates_text_and_link(string body, string text) =>
        Assert.Equal(text, MmsConverter.Text(body, ["http://a/m/1"]));

    [Fact]
    public void Converted_text_has_the_whole_body_and_one_line_for_each_media_item() =>
        Gen.Select(Gen.String[1, 1600], Gen.String[Gen.Char.AlphaNumeric, 7, 7].List[0, 10]).Sample((body, links) =>
        {
            var text = MmsConverter.Text(body, links);
            Assert.StartsWith(body, text, StringComparison.Ordinal);
            Assert.Equal(links, text[body.Length..].Split('\n').Skip(1));
        });

    [Fact]
    public void Converted_text_becomes_the_body_when_sent_and_is_counted_from_the_start()
    {
        var sms = MmsConverter.Text(new('a', 150), ["http://localhost/m/aaaaaaa"]);
        var message = Mms(MessageOptions.None, "http://localhost/cat.png");

        message.QueueWith("+14155550111", null, smartEncoding: false, Noon, sms);

        Assert.Equal((Segmenter.Count(sms), new string('a', 150), true, false),
            (message.NumSegments, message.Body, message.IsMms, message.GoesAsMms));
        message.TransitionTo(MessageStatus.Sending, Noon);
        Assert.Equal(new string('a', 150), message.Body);
        message.TransitionTo(MessageStatus.Sent, Noon);
        Assert.Equal(sms, message.Body);
    }

    [Fact]
    public void Failed_message_keeps_the_requested_body()
    {
        var message = Mms(MessageOptions.None, "http://localhost/cat.png");
        message.QueueWith("+14155550111", null, smartEncoding: false, Noon, "another text");
        message.TransitionTo(MessageStatus.Failed, Noon, 30007);

        Assert.Equal(new string('a', 150), message.Body);
    }

    [Fact]
    public void Redacted_message_has_neither_body_nor_converted_text()
    {
        var message = Mms(MessageOptions.None, "http://localhost/cat.png");
        message.QueueWith("+14155550111", null, smartEncoding: false, Noon, "another text");
        message.TransitionTo(MessageStatus.Failed, Noon, 30007);

        Assert.Null(message.Redact(Noon));
        Assert.Equal(("", null), (message.Body, message.SentBody));
    }

    [Fact]
    public void Text_sent_as_MMS_has_one_segment()
    {
        var message = Mms(MessageOptions.SendAsMms);
        message.QueueWith("+14155550111", null, smartEncoding: false, Noon);
        Assert.Equal((1, true), (message.NumSegments, message.GoesAsMms));

        var text = Mms(MessageOptions.None);
        text.QueueWith("+14155550111", null, smartEncoding: false, Noon);
        Assert.Equal((1, false), (text.NumSegments, text.GoesAsMms));
    }

    private static Message Mms(MessageOptions options, params string[] media) => Message.Accept(
        new(Sid.Create(SidPrefix.MediaMessage, 1), Account, "+14155550100", new('a', 150))
        {
            MessagingServiceSid = Sid.Create(SidPrefix.MessagingService, 1), MediaUrls = media, Options = options,
        }, Noon);
}
