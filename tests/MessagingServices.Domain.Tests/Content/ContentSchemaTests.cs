using System.Text.Json;

namespace MessagingServices.Domain.Tests.Content;

public sealed class ContentSchemaTests
{
    [Theory]
    [InlineData("twilio/text", """{"body": "Hi"}""")]
    [InlineData("twilio/media", """{"media": ["https://example.com/a.png"], "body": null}""")]
    [InlineData("twilio/location", """{"latitude": 1.5, "longitude": -2}""")]
    [InlineData("twilio/quick-reply", """{"body": "Well?", "actions": [{"title": "Yes"}]}""")]
    [InlineData("twilio/call-to-action",
        """{"body": "Call", "actions": [{"type": "PHONE_NUMBER", "title": "Call us", "phone": "+14155550100"}]}""")]
    [InlineData("twilio/card", """{"title": "Card", "actions": []}""")]
    [InlineData("twilio/schedule", """{"id": "1", "title": "When?", "timeSlots": "x"}""")]
    [InlineData("whatsapp/flows", """{"body": "x", "button_text": "Go", "flow_id": "1"}""")]
    public void Members_that_Twilio_declares_are_valid(string type, string content) =>
        Assert.Null(Fault(type, content));

    [Theory]
    [InlineData("twilio/text", "{}", "twilio/text must not be empty")]
    [InlineData("twilio/card", "{}", "twilio/card must not be empty")]
    [InlineData("twilio/card", """{"title": null}""", "twilio/card must not be empty")]
    [InlineData("twilio/text", "1", "twilio/text must be an object")]
    [InlineData("twilio/text", """{"body": 1}""", "twilio/text.body must be a text")]
    [InlineData("twilio/text", """{"body": "x", "footer": "y"}""", "twilio/text.footer is not a member of this type")]
    [InlineData("twilio/media", """{"body": "x"}""", "twilio/media.media is required")]
    [InlineData("twilio/media", """{"media": [""]}""", "twilio/media.media[0] must not be empty")]
    [InlineData("twilio/media", """{"media": []}""", "twilio/media.media must have at least 1 item")]
    [InlineData("twilio/media", """{"media": ["cat.png"]}""", "twilio/media.media[0] must be a valid URL")]
    [InlineData("twilio/card", """{"title": "x", "media": ["ftp://a.test/"]}""",
        "twilio/card.media[0] must be a valid URL")]
    [InlineData("twilio/call-to-action",
        """{"body": "x", "actions": [{"type": "URL", "title": "x", "url": "a b"}]}""",
        "twilio/call-to-action.actions[0].url must be a valid URL")]
    [InlineData("twilio/location", """{"latitude": "1", "longitude": 2}""", "twilio/location.latitude must be a number")]
    [InlineData("twilio/quick-reply", """{"body": "x", "actions": [{"type": "URL", "title": "x"}]}""",
        "twilio/quick-reply.actions[0].type must be QUICK_REPLY")]
    [InlineData("twilio/card", """{"title": "x", "actions": [{"type": "DANCE", "title": "x"}]}""",
        "twilio/card.actions[0].type must be URL, PHONE_NUMBER, QUICK_REPLY, COPY_CODE, VOICE_CALL")]
    [InlineData("twilio/quick-reply", """{"body": "x", "actions": [{"title": "a title of 26 characters"}]}""", null)]
    [InlineData("twilio/quick-reply", """{"body": "x", "actions": [{"title": "a title of 26 characters!!"}]}""",
        "twilio/quick-reply.actions[0].title exceeds 25 characters")]
    public void Other_members_are_refused(string type, string content, string? fault) =>
        Assert.Equal(fault, Fault(type, content));

    [Theory]
    [InlineData("twilio/quick-reply", "actions", """{"title": "x"}""", 1, 10)]
    [InlineData("twilio/list-picker", "items", """{"id": "1", "item": "x"}""", 1, 10)]
    [InlineData("twilio/carousel", "cards",
        """{"body": "x", "media": "https://a.test/", "actions": [{"type": "QUICK_REPLY", "title": "x"}]}""", 2, 10)]
    public void Lists_have_limits(string type, string member, string item, int min, int max)
    {
        Assert.NotNull(FaultOf(min - 1));
        Assert.Null(FaultOf(min));
        Assert.Null(FaultOf(max));
        Assert.NotNull(FaultOf(max + 1));

        string? FaultOf(int count) => Fault(type, $$"""
            {"body": "x"{{(type == "twilio/list-picker" ? ", \"button\": \"x\"" : "")}},
             "{{member}}": [{{string.Join(',', Enumerable.Repeat(item, count))}}]}
            """);
    }

    [Theory]
    [InlineData(24, 72, 200, true)]
    [InlineData(25, 72, 200, false)]
    [InlineData(24, 73, 200, false)]
    [InlineData(24, 72, 201, false)]
    public void Items_of_a_list_picker_have_limits(int item, int description, int id, bool isValid) =>
        Assert.Equal(isValid, Fault("twilio/list-picker", $$"""
            {"body": "x", "button": "x", "items": [{"id": "{{new string('i', id)}}",
             "item": "{{new string('i', item)}}", "description": "{{new string('d', description)}}"}]}
            """) is null);

    [Theory]
    [InlineData("twilio/text", 1600, "")]
    [InlineData("twilio/quick-reply", 1024, """, "actions": [{"title": "x"}]""")]
    [InlineData("twilio/list-picker", 1024, """, "button": "x", "items": [{"id": "1", "item": "x"}]""")]
    public void Bodies_have_limits(string type, int max, string rest)
    {
        Assert.Null(Fault(type, $$"""{"body": "{{new string('b', max)}}"{{rest}}}"""));
        Assert.NotNull(Fault(type, $$"""{"body": "{{new string('b', max + 1)}}"{{rest}}}"""));
    }

    [Fact]
    public void Members_that_are_not_set_become_null() => Assert.Equal(
        """{"twilio/quick-reply":{"body":"x","actions":[{"type":null,"title":"y","id":null}]}}""",
        ContentSchema.Complete("""{"twilio/quick-reply": {"actions": [{"title": "y"}], "body": "x"}}""")
            .ToJsonString());

    [Theory]
    [InlineData("https://example.com/{{1}}", true)]
    [InlineData("https://{{1}}:{{2}}/{{name}}?{{3}}={{4}}", true)]
    [InlineData("{{1}}", true)]
    [InlineData("{{1}}{{2}}", true)]
    [InlineData("{{1}}/a.png", true)]
    [InlineData("{{1}}://example.com", true)]
    [InlineData("{{1}} a", false)]
    [InlineData("example.com/{{1}}", false)]
    [InlineData("https://example.com/{1}", false)]
    public void Placeholders_stand_anywhere_in_a_url(string url, bool isValid) =>
        Assert.Equal(isValid, Fault("twilio/media", $$"""{"media": ["{{url}}"]}""") is null);

    [Theory]
    [InlineData("", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\tb", false)]
    [InlineData("a     b", false)]
    [InlineData("a    b    c", true)]
    public void Values_on_WhatsApp_have_one_line(string value, bool isAllowed) =>
        Assert.Equal(isAllowed, WhatsAppVariables.IsAllowed(value));

    private static string? Fault(string type, string content) =>
        ContentSchema.Fault(type, JsonSerializer.Deserialize<JsonElement>(content));
}
