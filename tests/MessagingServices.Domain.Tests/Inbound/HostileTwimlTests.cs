using System.Text;
using CsCheck;
using static MessagingServices.Domain.Tests.Inbound.Responses;

namespace MessagingServices.Domain.Tests.Inbound;

/// <summary>Any response is read without an exception and in short time.</summary>
public sealed class HostileTwimlTests
{
    private static readonly Gen<string> Pieces = Gen.OneOf(Gen.OneOf(
        "<Response>", "</Response>", "<Response/>", "<Message>", "</Message>",
        "<Message to='+14155550123' action='/a'>", "<Body>", "</Body>", "<Media>",
        "</Media>", "<Redirect method='GET'>", "</Redirect>", "/next", "http://x", "&#xD83D;", "&#0;", "&amp;", "&x;",
        "<![CDATA[", "]]>", "<!--", "-->",
        "<!DOCTYPE x>", "<?xml version='1.0' encoding='utf-7'?>", "\0", "\uD83D", "\uFFFE", "\uFEFF", " ", "\n", "x:y",
        "xmlns:x='x'"), Gen.String[0, 5]);

    private static readonly Gen<string> Types = Gen.OneOf(
        "text/xml", "text/html; charset=utf-16", "text/xml; charset=latin1", "text/plain",
        "text/plain; charset=utf-16be", "text/xml; charset=utf-8", ";", "");

    [Theory]
    [InlineData(
        "<!DOCTYPE Response [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
        + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
        + "<Response><Message>&c;</Message></Response>")]
    [InlineData(
        "<!DOCTYPE Response [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Response><Message>&x;</Message></Response>")]
    [InlineData("<!DOCTYPE Response SYSTEM \"http://127.0.0.1:1/evil.dtd\"><Response/>")]
    [InlineData("<!DOCTYPE Response><Response><Message>Hi</Message></Response>")]
    [InlineData("<!DOCTYPE html><html/>")]
    [InlineData("<Response><Message>&undeclared;</Message></Response>")]
    [InlineData("<Response><Message>&#0;</Message></Response>")]
    [InlineData("<Response><Message>&#xD83D;</Message></Response>")]
    [InlineData("<Response><Message>\0</Message></Response>")]
    [InlineData("<Response><Message>\u0001</Message></Response>")]
    [InlineData("<Response><Message>\uFFFF</Message></Response>")]
    [InlineData("<Response a='1' a='2'/>")]
    public void Entities_document_types_and_invalid_characters_give_12100(string body) =>
        Assert.Equal(12100, FailureOf(body));

    [Fact]
    public void Quadratic_blowup_gives_12100()
    {
        var bomb = $"<!DOCTYPE Response [<!ENTITY a \"{new string('a', 30_000)}\">]>"
            + $"<Response><Message>{string.Concat(Enumerable.Repeat("&a;", 9_000))}</Message></Response>";

        Assert.Equal(12100, FailureOf(bomb));
    }

    [Fact]
    public void XInclude_is_an_invalid_verb()
    {
        const string include =
            "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd' parse='text'/>";
        var document = Response(include);

        Assert.Empty(document.Messages);
        Assert.Equal([14110], document.Codes());
    }

    [Theory]
    [InlineData(new byte[] { 0xED, 0xA0, 0xBD })]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    public void Invalid_UTF_8_gives_12100(byte[] bytes)
    {
        byte[] body = [.. "<Response><Message>"u8, .. bytes, .. "</Message></Response>"u8];

        foreach (var type in (string[])["text/xml", "text/xml; charset=utf-8"])
            Assert.Equal(12100, Assert.IsType<TwimlResult.Invalid>(Twiml.Read(type, body, Url)).Code);
    }

    [Fact]
    public void Lone_surrogate_in_UTF_16_gives_12100()
    {
        byte[] body = [.. Encoding.Unicode.GetBytes("<Response><Message>"), 0x3D, 0xD8,
            .. Encoding.Unicode.GetBytes("</Message></Response>")];

        Assert.Equal(12100, Assert.IsType<TwimlResult.Invalid>(Twiml.Read("text/xml; charset=utf-16", body, Url)).Code);
    }

    [Fact]
    public void Attributes_up_to_the_max_size_give_few_warnings()
    {
        var document =
            Response($"<Message {string.Concat(Enumerable.Range(0, 7_000).Select(i => $"a{i}='' "))}>Hi</Message>");

        Assert.Single(document.Messages);
        Assert.Equal(Enumerable.Repeat(12200, Twiml.MaxWarnings), document.Codes());
    }

    [Fact]
    public void Namespaces_up_to_the_max_size_are_ignored()
    {
        var namespaces = string.Concat(Enumerable.Range(0, 2_500).Select(i => $"xmlns:a{i}='u{i}' "));

        Assert.Single(Response($"<Message {namespaces}>Hi</Message>").Messages);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("<Message>Hi", "</Message>")]
    [InlineData("<Message>Hi<Body>", "</Body></Message>")]
    public void Nesting_up_to_the_max_size_is_one_ignored_element(string before, string after)
    {
        const int depth = 9_000;
        var nested = string.Concat(Enumerable.Repeat("<a>", depth).Concat(Enumerable.Repeat("</a>", depth)));
        var document = Response(before + nested + after);

        Assert.Single(document.Warnings);
        Assert.Equal(before.Length > 0, document.Messages.Any(message => message.Body == "Hi"));
    }

    [Fact]
    public void Warning_is_short_and_splits_no_surrogate_pair()
    {
        // With an odd and an even number of characters before them, one cut is within a surrogate pair.
        foreach (var start in (string[])["x", "xx"])
        {
            var to = start + string.Concat(Enumerable.Repeat("\U0001F600", 500));

            var warning = Assert.Single(Response($"<Message to='{to}'>Hi</Message>").Warnings);

            Assert.InRange(warning.What.Length, 190, 200);
            Assert.True(IsStorable(warning.What));
        }
    }

    [Fact]
    public void Any_bytes_of_any_type_give_a_result_that_can_be_stored() =>
        Gen.Select(
            Gen.OneOf(
                Gen.Byte.Array[0, 400],
                Pieces.Array[0, 30].Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces))),
                Pieces.Array[0, 30].Select(pieces =>
                    Encoding.Unicode.GetBytes($"<Response>{string.Concat(pieces)}</Response>"))),
            Types, Gen.String[0, 40])
        .Sample((body, type, url) => TextsOf(Twiml.Read(type, body, url)).All(IsStorable)
            && TextsOf(Twiml.Read(type, body, Url)).All(IsStorable));

    [Fact]
    public void Any_content_type_gives_a_result() =>
        Gen.String.Null().Sample(type => { Twiml.Read(type, "<Response/>"u8.ToArray(), Url); });

    private static bool IsStorable(string text)
    {
        try
        {
            return !text.Contains('\0', StringComparison.Ordinal)
                && new UTF8Encoding(false, true).GetByteCount(text) >= 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static IEnumerable<string> TextsOf(TwimlResult result) => result switch
    {
        TwimlResult.Invalid invalid => [invalid.Detail],
        TwimlResult.Document document =>
        [
            .. document.Warnings.Select(warning => warning.What),
            .. document.Messages.SelectMany(message => message.MediaUrls.Append(message.Body)
                .Append(message.To ?? "").Append(message.From ?? "").Append(message.StatusCallback ?? "")),
        ],
        _ => throw new InvalidOperationException(),
    };
}
