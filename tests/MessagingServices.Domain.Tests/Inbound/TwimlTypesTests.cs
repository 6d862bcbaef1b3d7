using System.Text;
using static MessagingServices.Domain.Tests.Inbound.Responses;

namespace MessagingServices.Domain.Tests.Inbound;

/// <summary>Content types, charsets and size of a response.</summary>
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
    public void XML_and_HTML_are_read_as_TwiML(string type) =>
        Assert.Equal("Héllo", Assert.Single(Document(Hello, type).Messages).Body);

    [Fact]
    public void Plain_text_is_one_reply()
    {
        var reply = Assert.Single(Document("  Hello <b>\nthere\r\n", "text/plain; charset=utf-8").Messages);

        Assert.Equal(("  Hello <b>\nthere", null, null, null),
            (reply.Body, reply.To, reply.From, reply.StatusCallback));
        Assert.Empty(reply.MediaUrls);
    }

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", "iso-8859-1")]
    [InlineData("text/plain; charset=utf-16", "utf-16")]
    [InlineData("text/plain", "utf-8")]
    public void Charset_of_plain_text_is_used(string type, string charset) =>
        Assert.Equal("Héllo", Assert.Single(Of(type, Encoding.GetEncoding(charset).GetBytes("Héllo")).Messages).Body);

    [Theory]
    [InlineData("text/xml; charset=iso-8859-1", "iso-8859-1", "")]
    [InlineData("text/xml; charset=utf-16be", "utf-16BE", "")]
    [InlineData("text/xml", "iso-8859-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>")]
    [InlineData("text/xml", "utf-16", "\uFEFF<?xml version=\"1.0\" encoding=\"utf-16\"?>")]
    [InlineData("text/xml", "utf-8", "\uFEFF")]
    [InlineData("text/xml; charset=utf-8", "utf-8", "\uFEFF")]
    public void Charset_of_TwiML_comes_from_header_or_declaration(string type, string charset, string declaration) =>
        Assert.Equal("Héllo", Assert.Single(Of(type,
            Encoding.GetEncoding(charset).GetBytes(declaration + Hello)).Messages).Body);

    [Theory]
    [InlineData("", "text/xml")]
    [InlineData(" \r\n\t", "text/xml")]
    [InlineData("\uFEFF\n", "text/xml")]
    [InlineData("", null)]
    [InlineData("", "application/json")]
    [InlineData("\n", "text/plain")]
    [InlineData("<Response/>", "text/xml")]
    [InlineData("<Response></Response>", "text/xml")]
    public void Empty_response_requests_nothing(string body, string? type) =>
        Assert.Equivalent(TwimlResult.Document.Empty, Document(body, type), strict: true);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/json")]
    [InlineData("text/xmlish")]
    [InlineData("image/png; charset=utf-8")]
    [InlineData(";;;")]
    public void Other_or_missing_content_type_gives_12300(string? type) => Assert.Equal(12300, FailureOf(Hello, type));

    [Fact]
    public void Response_over_64_KB_gives_11750()
    {
        var almostFull = $"<Response><Message>Hi</Message>{new string(' ', Twiml.MaxBytes - 52)}</Response>";
        Assert.Equal(Twiml.MaxBytes, almostFull.Length + 10);

        Assert.Single(Document(almostFull + new string(' ', 10)).Messages);
        Assert.Equal(11750, FailureOf(almostFull + new string(' ', 11)));
        Assert.Equal(11750, FailureOf(new(' ', Twiml.MaxBytes + 1), "text/plain"));
    }

    [Fact]
    public void Text_over_1600_characters_is_not_sent()
    {
        Assert.Single(Document(new('x', 1600), "text/plain").Messages);
        var tooLong = Document(new('x', 1601), "text/plain");
        Assert.Empty(tooLong.Messages);
        Assert.Equal([14103], tooLong.Codes());
    }

    [Fact]
    public void Invalid_characters_of_a_charset_are_replaced() =>
        Assert.Equal("a\uFFFDb", Assert.Single(Of("text/plain", [(byte)'a', 0xFF, 0, (byte)'b']).Messages).Body);

    private static TwimlResult.Document Of(string type, byte[] body) =>
        Assert.IsType<TwimlResult.Document>(Twiml.Read(type, body, Url));
}
