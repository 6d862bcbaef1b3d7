using System.Text;
using static MessagingServices.Domain.Tests.Inbound.Answers;

namespace MessagingServices.Domain.Tests.Inbound;

/// <summary>What is TwiML, what is text, what is nothing, and what is refused before it is read.</summary>
public sealed class TwimlTypesTests
{
    private const string Hello = "<Response><Message>Héllo</Message></Response>";

    [Theory]
    [InlineData("text/xml")]
    [InlineData("application/xml")]
    [InlineData("text/html")]
    [InlineData("Text/XML; charset=UTF-8")]
    [InlineData("text/html;charset=\"utf-8\"")]
    [InlineData("text/xml; charset=klingon")]
    public void Xml_and_html_are_twiml(string type) => Assert.Equal("Héllo", Assert.Single(Document(Hello, type).Messages).Body);

    [Fact]
    public void Plain_text_is_one_reply()
    {
        var reply = Assert.Single(Document("  Hello <b>\nthere\r\n", "text/plain; charset=utf-8").Messages);

        Assert.Equal(("  Hello <b>\nthere", null, null, null), (reply.Body, reply.To, reply.From, reply.StatusCallback));
        Assert.Empty(reply.MediaUrls);
    }

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", "iso-8859-1")]
    [InlineData("text/plain; charset=utf-16", "utf-16")]
    [InlineData("text/plain", "utf-8")]
    public void Plain_text_is_read_in_its_charset(string type, string charset) =>
        Assert.Equal("Héllo", Assert.Single(Of(type, Encoding.GetEncoding(charset).GetBytes("Héllo")).Messages).Body);

    [Theory]
    [InlineData("text/xml; charset=iso-8859-1", "iso-8859-1", "")]
    [InlineData("text/xml; charset=utf-16be", "utf-16BE", "")]
    [InlineData("text/xml", "iso-8859-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>")]
    [InlineData("text/xml", "utf-16", "\uFEFF<?xml version=\"1.0\" encoding=\"utf-16\"?>")]
    [InlineData("text/xml", "utf-8", "\uFEFF")]
    [InlineData("text/xml; charset=utf-8", "utf-8", "\uFEFF")]
    public void Twiml_is_read_in_the_charset_of_its_header_or_its_declaration(string type, string charset, string declaration) =>
        Assert.Equal("Héllo", Assert.Single(Of(type, Encoding.GetEncoding(charset).GetBytes(declaration + Hello)).Messages).Body);

    [Theory]
    [InlineData("", "text/xml")]
    [InlineData(" \r\n\t", "text/xml")]
    [InlineData("\uFEFF\n", "text/xml")]
    [InlineData("", null)]
    [InlineData("", "application/json")]
    [InlineData("\n", "text/plain")]
    [InlineData("<Response/>", "text/xml")]
    [InlineData("<Response></Response>", "text/xml")]
    public void An_empty_answer_asks_for_nothing(string body, string? type) => Assert.Equivalent(TwimlResult.Document.Empty, Document(body, type), strict: true);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/json")]
    [InlineData("text/xmlish")]
    [InlineData("image/png; charset=utf-8")]
    [InlineData(";;;")]
    public void Another_type_or_none_is_12300(string? type) => Assert.Equal(12300, FailureOf(Hello, type));

    [Fact]
    public void Over_64_KB_is_11750_whatever_it_is()
    {
        var most = $"<Response><Message>Hi</Message>{new string(' ', Twiml.MaxBytes - 52)}</Response>";
        Assert.Equal(Twiml.MaxBytes, most.Length + 10);

        Assert.Single(Document(most + new string(' ', 10)).Messages);
        Assert.Equal(11750, FailureOf(most + new string(' ', 11)));
        Assert.Equal(11750, FailureOf(new(' ', Twiml.MaxBytes + 1), "text/plain"));
    }

    [Fact]
    public void A_text_over_1600_characters_is_not_sent()
    {
        Assert.Single(Document(new('x', 1600), "text/plain").Messages);
        var tooLong = Document(new('x', 1601), "text/plain");
        Assert.Empty(tooLong.Messages);
        Assert.Equal([14103], tooLong.Codes());
    }

    [Fact]
    public void A_text_that_is_not_what_its_charset_says_is_mended() =>
        Assert.Equal("a\uFFFDb", Assert.Single(Of("text/plain", [(byte)'a', 0xFF, 0, (byte)'b']).Messages).Body);

    private static TwimlResult.Document Of(string type, byte[] body) => Assert.IsType<TwimlResult.Document>(Twiml.Read(type, body, Url));
}
