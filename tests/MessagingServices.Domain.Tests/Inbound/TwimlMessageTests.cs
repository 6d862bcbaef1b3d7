using static MessagingServices.Domain.Tests.Inbound.Responses;

namespace MessagingServices.Domain.Tests.Inbound;

public sealed class TwimlMessageTests
{
    [Theory]
    [InlineData("<Message>Hello</Message>", "Hello")]
    [InlineData("<Sms>Hello</Sms>", "Hello")]
    [InlineData("<Message><Body>Hello</Body></Message>", "Hello")]
    [InlineData("<Message><Body>Hello </Body><Body>World</Body></Message>", "Hello World")]
    [InlineData("<Message>Hello <Body>World</Body></Message>", "Hello World")]
    [InlineData("<Message>\n    Hello\n  there  \n</Message>", "Hello\n  there")]
    [InlineData("<Message>\n  <Body>\r\n    Hello\r\n  </Body>\n</Message>", "Hello")]
    [InlineData("<Message>&lt;3 &amp; &#x1F600;<![CDATA[ <b> ]]>!</Message>", "<3 & \U0001F600 <b> !")]
    [InlineData("<Message>He<!-- not this -->llo<?nor this?></Message>", "Hello")]
    public void Message_text_has_no_indentation(string verb, string body) => Assert.Equal(body, Message(verb).Body);

    [Fact]
    public void Messages_are_sent_in_document_order() =>
        Assert.Equal(["1", "2", "3"],
            Response("<Message>1</Message>\n<Sms>2</Sms><Message>3</Message>")
                .Messages.Select(message => message.Body));

    [Fact]
    public void Media_URL_may_be_relative() =>
        Assert.Equal(
            [
                "https://cdn.example.com/a%20b.png?x=1",
                "https://app.example.com/cat.png",
                "https://app.example.com/sms/dog.png",
            ],
            Message(
                "<Message><Media>https://cdn.example.com/a%20b.png?x=1</Media>"
                + "<Media>\n/cat.png\n</Media><Media>dog.png</Media></Message>").MediaUrls);

    [Fact]
    public void Message_with_media_needs_no_text() =>
        Assert.Equal("", Message("<Message><Media>/cat.png</Media></Message>").Body);

    [Fact]
    public void Eleventh_media_item_is_dropped()
    {
        var media = string.Concat(Enumerable.Range(1, 11).Select(i => $"<Media>/{i}.png</Media>"));
        var document = Response($"<Message>Hi{media}</Message>");

        Assert.Equal([21623], document.Codes());
        Assert.Equal("https://app.example.com/10.png", Assert.Single(document.Messages).MediaUrls[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://example.com/cat.png")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("http://")]
    public void Media_item_with_an_invalid_URL_is_dropped(string url)
    {
        var document = Response($"<Message>Hi<Media>{url}</Media></Message>");

        Assert.Equal([21620], document.Codes());
        Assert.Empty(Assert.Single(document.Messages).MediaUrls);
    }

    [Theory]
    [InlineData("<Message/>", 14103)]
    [InlineData("<Message> \n </Message>", 14103)]
    [InlineData("<Message><Body/></Message>", 14103)]
    [InlineData("<Message to='nobody'>Hi</Message>", 14101)]
    [InlineData("<Message to='12345'>Hi</Message>", 14101)]
    [InlineData("<Message from='no sender!'>Hi</Message>", 14102)]
    public void Invalid_message_is_dropped_with_a_warning(string verb, int code)
    {
        var document = Response(verb + "<Message>Next</Message>");

        Assert.Equal([code], document.Codes());
        Assert.Equal("Next", Assert.Single(document.Messages).Body);
    }

    [Fact]
    public void Max_length_of_a_message_text_is_1600()
    {
        var half = $"<Body>{new string('x', 800)}</Body>";
        Assert.Equal(1600, Message($"<Message>{half}{half}</Message>").Body.Length);
        Assert.Equal([14103], Response($"<Message>{new string('x', 1601)}</Message>").Codes());
    }

    [Fact]
    public void Message_may_set_recipient_and_sender()
    {
        var message = Message("<Message to='(415) 555-0123' from='whatsapp:+14155550100'>Hi</Message>");

        Assert.Equal(("+14155550123", "whatsapp:+14155550100"), (message.To, message.From));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("ACME")]
    [InlineData("+14155550100")]
    [InlineData("rcs:agent")]
    public void Message_may_set_any_type_of_sender(string from) =>
        Assert.Equal(from, Message($"<Message from='{from}'>Hi</Message>").From);

    [Fact]
    public void Empty_attribute_counts_as_absent()
    {
        var message = Message("<Message to='' from='' action='' method='' statusCallback=''>Hi</Message>");

        Assert.Equal((null, null, null), (message.To, message.From, message.StatusCallback));
    }

    [Theory]
    [InlineData("action='/a'", "https://app.example.com/a")]
    [InlineData("statusCallback='s?x=%2f#rc=2'", "https://app.example.com/sms/s?x=%2f#rc=2")]
    [InlineData("action='/a' statusCallback='http://user:pass@example.com:8080/S?b=%2f#rc=2&amp;rp=all'",
        "http://user:pass@example.com:8080/S?b=%2f#rc=2&rp=all")]
    public void Status_callback_is_statusCallback_or_action(string attributes, string url) =>
        Assert.Equal(url, Message($"<Message {attributes} method='GET'>Hi</Message>").StatusCallback);

    [Theory]
    [InlineData("action='javascript:alert(1)'")]
    [InlineData("action='ftp://example.com' statusCallback='/s'")]
    public void Action_that_is_no_URL_makes_the_document_invalid(string attributes)
    {
        var result = Twiml.Read("text/xml",
            System.Text.Encoding.UTF8.GetBytes($"<Response><Message {attributes}>Hi</Message></Response>"),
            "https://app.example.com/sms/");

        Assert.Equal(11100, Assert.IsType<TwimlResult.Invalid>(result).Code);
    }

    [Theory]
    [InlineData("action='/a' method='GET'", "GET")]
    [InlineData("action='/a' method='post'", "POST")]
    [InlineData("action='/a'", "POST")]
    [InlineData("statusCallback='/s' method='GET'", "POST")]
    [InlineData("action='/a' statusCallback='/s' method='GET'", "POST")]
    public void Method_is_that_of_action(string attributes, string method) =>
        Assert.Equal(method, Message($"<Message {attributes}>Hi</Message>").StatusCallbackMethod);

    [Theory]
    [InlineData("action='http://under_score.example.com/'", null)]
    [InlineData("statusCallback='http://under_score.example.com/'", null)]
    [InlineData("statusCallback='ftp://example.com/' action='/a'", "https://app.example.com/a")]
    public void Message_with_an_invalid_status_callback_is_sent_without_it(string attributes, string? url)
    {
        var document = Response($"<Message {attributes}>Hi</Message>");

        Assert.Equal([14105], document.Codes());
        Assert.Equal(url, Assert.Single(document.Messages).StatusCallback);
    }

    [Fact]
    public void Invalid_method_gives_a_warning()
    {
        var document = Response("<Message action='/a' method='PUT'>Hi</Message>");

        Assert.Equal([14104], document.Codes());
        var message = Assert.Single(document.Messages);
        Assert.Equal(("https://app.example.com/a", "POST"), (message.StatusCallback, message.StatusCallbackMethod));
    }

    [Theory]
    [InlineData("<Message TO='+14155550123'>Hi</Message>")]
    [InlineData("<Message colour='red'>Hi</Message>")]
    [InlineData("<Message>Hi<body>not this</body></Message>")]
    [InlineData("<Message>Hi<Button>not this</Button></Message>")]
    [InlineData("<Message><Body>Hi<b>not this</b></Body></Message>")]
    [InlineData("<Message><Body lang='en'>Hi</Body></Message>")]
    public void Unknown_content_of_a_message_is_ignored(string verb)
    {
        var document = Response(verb);

        Assert.Equal([12200], document.Codes());
        var message = Assert.Single(document.Messages);
        Assert.Equal(("Hi", null), (message.Body, message.To));
    }
}
