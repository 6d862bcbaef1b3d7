using static MessagingServices.Domain.Tests.Inbound.Answers;

namespace MessagingServices.Domain.Tests.Inbound;

/// <summary>The document around the messages: its root, its verbs, its redirect.</summary>
public sealed class TwimlDocumentTests
{
    [Theory]
    [InlineData("<response><Message>Hi</Message></response>")]
    [InlineData("<Message>Hi</Message>")]
    [InlineData("<html><body>502 Bad Gateway</body></html>")]
    public void Another_root_than_Response_is_12102(string body) => Assert.Equal(12102, FailureOf(body));

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
    public void What_is_not_well_formed_is_12100_and_nothing_of_it_counts(string body) => Assert.Equal(12100, FailureOf(body));

    [Theory]
    [InlineData("<Dial>+14155550100</Dial>", 14110)]
    [InlineData("<Say><Message>not this</Message></Say>", 14110)]
    [InlineData("<message>not this</message>", 12200)]
    [InlineData("<SMS>not this</SMS>", 12200)]
    [InlineData("not this", 12200)]
    [InlineData("<x:Message xmlns:x='urn:x'>not this</x:Message>", 14110)]
    public void What_is_no_verb_is_passed_over(string verb, int code)
    {
        var document = Response($"<Message>1</Message>{verb}<Message>2</Message>");

        Assert.Equal([code], document.Codes());
        Assert.Equal(["1", "2"], document.Messages.Select(message => message.Body));
    }

    [Fact]
    public void Response_may_have_a_namespace_but_no_attributes()
    {
        var document = Document("<Response xmlns='urn:twiml' xmlns:xsi='urn:xsi' xml:lang='en' version='1'><Message>Hi</Message></Response>");

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
    [InlineData("\n  HTTP://Other.example.com:8080/%7Ex?b=1&amp;a=2#rp=5xx&amp;rc=1\n", "HTTP://Other.example.com:8080/%7Ex?b=1&a=2#rp=5xx&rc=1")]
    [InlineData("", Url)]
    [InlineData(" \n", Url)]
    public void A_redirect_starts_from_the_document(string text, string url) =>
        Assert.Equal(new TwimlRedirect("POST", url), Response($"<Redirect>{text}</Redirect>").Redirect);

    [Fact]
    public void A_relative_redirect_keeps_user_and_password_and_an_empty_one_the_overrides()
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
    public void A_redirect_has_its_method(string attribute, string method)
    {
        var document = Response($"<Redirect {attribute}>/next</Redirect>");

        Assert.Equal(method, document.Redirect?.Method);
        Assert.Empty(document.Warnings);
    }

    [Fact]
    public void A_redirect_with_another_method_is_posted()
    {
        var document = Response("<Redirect method='DELETE'>/next</Redirect>");

        Assert.Equal("POST", document.Redirect?.Method);
        Assert.Equal([14104], document.Codes());
    }

    [Fact]
    public void Verbs_after_a_redirect_are_not_reached()
    {
        var document = Response("<Message>1</Message><Redirect>/next</Redirect><Message>2</Message><Dial/><Redirect>/other</Redirect>");

        Assert.Equal("1", Assert.Single(document.Messages).Body);
        Assert.Equal("https://app.example.com/next", document.Redirect?.Url);
        Assert.Empty(document.Warnings);
    }

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://")]
    [InlineData("mailto:me@example.com")]
    [InlineData("http://under_score.example.com/")]
    [InlineData("/a&#10;b")]
    public void A_redirect_to_nowhere_is_11100(string url) => Assert.Equal(11100, FailureOf($"<Response><Message>Hi</Message><Redirect>{url}</Redirect></Response>"));

    [Fact]
    public void The_answers_are_these_two()
    {
        var answers = typeof(TwimlResult).Assembly.GetTypes().Where(type => type.BaseType == typeof(TwimlResult));

        Assert.Equal(["Document", "Failed"], answers.Select(type => type.Name).Order());
    }

    [Theory]
    [InlineData(3, 0, 3, false)]
    [InlineData(10, 0, 10, false)]
    [InlineData(11, 0, 10, true)]
    [InlineData(3, 8, 2, true)]
    [InlineData(1, 10, 0, true)]
    [InlineData(0, 10, 0, false)]
    public void Ten_replies_are_sent_to_one_message(int messages, int before, int sent, bool dropped)
    {
        var (kept, warning) = TwimlLimits.Apply([.. Enumerable.Range(0, messages).Select(i => new TwimlMessage($"{i}", []))], before);

        Assert.Equal(Enumerable.Range(0, sent).Select(i => $"{i}"), kept.Select(message => message.Body));
        Assert.Equal(dropped ? 14109 : null, warning?.Code);
    }

    private static string? RedirectFrom(string document, string target) => Assert.IsType<TwimlResult.Document>(
        Twiml.Read("text/xml", System.Text.Encoding.UTF8.GetBytes($"<Response><Redirect>{target}</Redirect></Response>"), document)).Redirect?.Url;
}
