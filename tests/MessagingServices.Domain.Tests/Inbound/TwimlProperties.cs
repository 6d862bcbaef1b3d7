using System.Xml.Linq;
using CsCheck;

namespace MessagingServices.Domain.Tests.Inbound;

/// <summary>Properties of all valid documents.</summary>
public sealed class TwimlProperties
{
    // Carriage returns are excluded, because XML readers convert them to line feeds.
    private static readonly Gen<string> Body =
        Gen.OneOf("a", "é", "<", "&", "\"", "]]>", "\U0001F600", " ", "\n", "Hello ", "я").Array[1, 40]
        .Select(pieces => $"[{string.Concat(pieces)}]");

    private static readonly Gen<TwimlMessage> Message = Gen.Select(
            Body,
            Gen.Int[0, 10],
            Gen.OneOf<string?>(null, "+14155550123", "whatsapp:+447700900123"),
            Gen.OneOf<string?>(null, "+14155550100", "12345", "ACME"),
            Gen.OneOf<string?>(null, "https://example.com/status?x=%2F#rc=2"))
        .Select((body, media, to, from, callback) =>
            new TwimlMessage(body, [.. Enumerable.Range(0, media).Select(i => $"http://media.example.com/{i}?a=1&b=2")])
            {
                To = to,
                From = from,
                StatusCallback = callback,
            });

    private static readonly Gen<TwimlRedirect?> Redirect = Gen.OneOf<TwimlRedirect?>(
        null, new TwimlRedirect("GET", "http://user:pw@127.0.0.1:8080/next?a=b&c=d#rp=all"),
        new TwimlRedirect("POST", Responses.Url));

    [Fact]
    public void Valid_document_is_read_completely() =>
        Gen.Select(Message.Array[0, 12], Redirect, Gen.Bool, Gen.Bool).Sample((messages, redirect, nested, indented) =>
    {
        var text = new XElement("Response", messages.Select(message => Written(message, nested)), Written(redirect))
            .ToString(indented ? SaveOptions.None : SaveOptions.DisableFormatting);

        var document = Responses.Document(text);

        Assert.Empty(document.Warnings);
        Assert.Equal(redirect, document.Redirect);
        Assert.Equivalent(messages, document.Messages, strict: true);
    });

    [Fact]
    public void Plain_text_is_the_reply() =>
        Body.Sample(body => Assert.Equal(body, Assert.Single(Responses.Document(body, "text/plain").Messages).Body));

    private static XElement Written(TwimlMessage message, bool nested) => new("Message",
        message.To is null ? null : new XAttribute("to", message.To),
        message.From is null ? null : new XAttribute("from", message.From),
        message.StatusCallback is null
            ? null
            : new XAttribute(nested ? "statusCallback" : "action", message.StatusCallback),
        nested ? new XElement("Body", message.Body) : new XText(message.Body),
        message.MediaUrls.Select(url => new XElement("Media", url)));

    private static XElement? Written(TwimlRedirect? redirect) =>
        redirect is null ? null : new("Redirect", new XAttribute("method", redirect.Method), redirect.Url);
}
