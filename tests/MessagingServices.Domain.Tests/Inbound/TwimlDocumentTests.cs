using static MessagingServices.Domain.Tests.Inbound.Responses;

namespace MessagingServices.Domain.Tests.Inbound;

/// <summary>Root, verbs and redirect of a document.</summary>
public sealed class TwimlDocumentTests
{
    [Theory]
    [InlineData("<response><Message>Hi</Message></response>")]
    [InlineData("<Message>Hi</Message>")]
    [InlineData("<html><body>502 Bad Gateway</body></html>")]
    public void Root_other_than_Response_gives_12102(string body) => Assert.Equal(12102, FailureOf(body));

    [Theory]
    [InlineData("{\"message\": \"Hi\"}")]
    [InlineData("<Response><Message>Hi</Response>")]
    [InlineData("<Response><Message>Hi</Message>")]
    [InlineData("<Response/><Response/>")]
    [InlineData("Hi <?xml version=\"1.0\"?><Response/>")]
    [InlineData("\n<?xml version=\"1.0\"?><Response/>")]
    [InlineData("<Response><Redirect>/next</Redirect><Message></Response>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"klingon\"?><Response/>")]
    [InlineData("<Response><x:Message>Hi</x:Message></Response>")]
    public void Malformed_document_gives_12100(string body) => Assert.Equal(12100, FailureOf(body));

    [Theory]
    [InlineData("<Dial>+14155550100</Dial>", 14110)]
    [InlineData("<Say><Message>not this</Message></Say>", 14110)]
    [InlineData("<message>not this</message>", 12200)]
    [InlineData("<SMS>not this</SMS>", 12200)]
    [InlineData("not this", 12200)]
    [InlineData("<x:Message xmlns:x='urn:x'>not this</x:Message>", 14110)]
    public void Unknown_verb_is_ignored(string verb, int code)
    {
        var document = Response($"<Message>1</Message>{verb}<Message>2</Message>");

        Assert.Equal([code], document.Codes());
        Assert.Equal(["1", "2"], document.Messages.Select(message => message.Body));
    }

    [Fact]
    public void Response_may_have_a_namespace_but_no_attributes()
    {
        var document = Document(
            "<Response xmlns='urn:twiml' xmlns:xsi='urn:xsi' xml:lang='en' version='1'>"
            + "<Message>Hi</Message></Response>");

        Assert.Equal([12200], document.Codes());
        Assert.Single(document.Messages);
    }

    [Theory]
    [InlineData("/next", "https://app.example.com/next")]
    [InlineData("next?a=%2f", "https://app.example.com/sms/next?a=%2f")]
    [InlineData("../next#rc=3", "https://app.example.com/next#rc=3")]
    [InlineData("?page=2", "https://app.example.com/sms/reply?page=2")]
    [InlineData("//other.example.com/x", "https://other.example.com/x")]
    [InlineData("/next?to=http://x/", "https://app.example.com/next?to=http://x/")]
    [InlineData("next?to=http://x/", "https://app.example.com/sms/next?to=http://x/")]
    [InlineData("\n  HTTP://Other.example.com:8080/%7Ex?b=1&amp;a=2#rp=5xx&amp;rc=1\n",
        "HTTP://Other.example.com:8080/%7Ex?b=1&a=2#rp=5xx&rc=1")]
    [InlineData("", Url)]
    [InlineData(" \n", Url)]
    public void Redirect_is_resolved_against_the_document(string text, string url) =>
        Assert.Equal(new TwimlRedirect("POST", url), Response($"<Redirect>{text}</Redirect>").Redirect);

    [Fact]
    public void Relative_redirect_keeps_user_info_and_empty_redirect_keeps_overrides()
    {
        const string own = "http://user:p%40ss@127.0.0.1:8080/a/b#rc=2";

        Assert.Equal("http://user:p%40ss@127.0.0.1:8080/next", RedirectFrom(own, "/next"));
        Assert.Equal("http://user:p%40ss@127.0.0.1:8080/a/next", RedirectFrom(own, "next"));
        Assert.Equal(own, RedirectFrom(own, ""));
    }

    [Theory]
    [InlineData("method='GET'", "GET")]
    [InlineData("method='POST'", "POST")]
    [InlineData("method='get'", "GET")]
    [InlineData("", "POST")]
    public void Redirect_has_a_method(string attribute, string method)
    {
        var document = Response($"<Redirect {attribute}>/next</Redirect>");

        Assert.Equal(method, document.Redirect?.Method);
        Assert.Empty(document.Warnings);
    }

    [Fact]
    public void Redirect_with_an_invalid_method_uses_POST()
    {
        var document = Response("<Redirect method='DELETE'>/next</Redirect>");

        Assert.Equal("POST", document.Redirect?.Method);
        Assert.Equal([14104], document.Codes());
    }

    [Fact]
    public void Verbs_after_a_redirect_are_not_executed()
    {
        var document = Response(
            "<Message>1</Message><Redirect>/next</Redirect><Message>2</Message><Dial/><Redirect>/other</Redirect>");

        Assert.Equal("1", Assert.Single(document.Messages).Body);
        Assert.Equal("https://app.example.com/next", document.Redirect?.Url);
        Assert.Empty(document.Warnings);
    }

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://")]
    [InlineData("mailto:me@example.com")]
    [InlineData("/a&#10;b")]
    public void Redirect_with_an_invalid_URL_gives_11100(string url) =>
        Assert.Equal(11100, FailureOf($"<Response><Message>Hi</Message><Redirect>{url}</Redirect></Response>"));

    [Fact]
    public void TwimlResult_has_exactly_two_cases()
    {
        var results = typeof(TwimlResult).Assembly.GetTypes().Where(type => type.BaseType == typeof(TwimlResult));

        Assert.Equal(["Document", "Invalid"], results.Select(type => type.Name).Order());
    }

    [Theory]
    [InlineData(3, 0, 3, false)]
    [InlineData(10, 0, 10, false)]
    [InlineData(11, 0, 10, true)]
    [InlineData(3, 8, 2, true)]
    [InlineData(1, 10, 0, true)]
    [InlineData(0, 10, 0, false)]
    public void Max_replies_to_one_message_is_ten(int messages, int before, int sent, bool dropped)
    {
        var replies = Enumerable.Range(0, messages).Select(i => new TwimlMessage($"{i}", []));
        var (kept, warning) = TwimlLimits.Apply([.. replies], before);

        Assert.Equal(Enumerable.Range(0, sent).Select(i => $"{i}"), kept.Select(message => message.Body));
        Assert.Equal(dropped ? 14109 : null, warning?.Code);
    }

    private static string? RedirectFrom(string document, string target)
    {
        var body = System.Text.Encoding.UTF8.GetBytes($"<Response><Redirect>{target}</Redirect></Response>");
        return Assert.IsType<TwimlResult.Document>(Twiml.Read("text/xml", body, document)).Redirect?.Url;
    }
}
