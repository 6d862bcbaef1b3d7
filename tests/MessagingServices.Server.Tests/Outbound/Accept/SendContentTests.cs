using System.Text.Json;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Accept;

/// <summary>A message with a content template says what the template says, its placeholders filled.</summary>
public sealed class SendContentTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task Placeholders_are_filled_by_the_message_else_by_the_template_else_not_at_all()
    {
        var content =
            await ContentAsync("""{"twilio/text": {"body": "Hi {{1}}, {{name}} has {{2}} for {{1}}: {{3}}"}}""",
            """{"1": "friend", "name": "ACME"}""");

        var message = await SendAsync(content, """{"1": "Ann {{2}}", "2": "news", "unused": ""}""");

        Assert.Equal("Hi Ann {{2}}, ACME has news for Ann {{2}}: {{3}}", message["body"]);
        Assert.Equal(message["body"], (await server.Api.Messages.UntilAsync(message["sid"]!, "delivered"))["body"]);
        Assert.StartsWith("SM", message["sid"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_values_the_templates_own_are_used()
    {
        var content = await ContentAsync("""{"twilio/text": {"body": "Hi {{1}}"}}""", """{"1": "friend"}""");

        Assert.Equal("Hi friend", (await SendAsync(content))["body"]);
        Assert.Equal("Hi friend", (await SendAsync(content, ""))["body"]);
        Assert.Equal("Hi friend", (await SendAsync(content, "{}"))["body"]);
    }

    [Fact]
    public async Task A_template_of_media_makes_an_mms()
    {
        var content = await ContentAsync(
            """{"twilio/text": {"body": "only text"}, "twilio/media": {"body": "See {{1}}", "media": ["http://localhost/{{1}}.png", "{{2}}"]}}""");

        var message = await SendAsync(content, """{"1": "cat", "2": "http://localhost/dog.png"}""");

        Assert.Equal(("See cat", "2"), (message["body"], message["num_media"]));
        Assert.StartsWith("MM", message["sid"], StringComparison.Ordinal);
        Assert.Equal("http://localhost/cat.png http://localhost/dog.png",
            await Sql.ScalarAsync(server.ConnectionString,
                $"SELECT array_to_string(media_urls, ' ') FROM messages WHERE sid = '{message["sid"]}'"));
    }

    [Theory]
    [InlineData("""{"twilio/quick-reply": {"body": "Well?", "actions": [{"title": "Yes"}]}}""", "Well?")]
    [InlineData("""{"twilio/card": {"title": "Card", "actions": []}}""", "Card")]
    [InlineData("""{"twilio/location": {"longitude": 1, "latitude": 2}, "twilio/card": {"title": "Shown"}}""",
        "Shown")]
    public async Task Of_other_types_the_text_is_sent(string types, string body) =>
        Assert.Equal(body, (await SendAsync(await ContentAsync(types)))["body"]);

    [Theory]
    [InlineData("""{"twilio/location": {"longitude": 1, "latitude": 2}}""")]
    [InlineData("""{"twilio/catalog": {"body": "x"}}""")]
    [InlineData("""{"whatsapp/card": {"body": "x"}}""")]
    [InlineData("""{"whatsapp/authentication": {"actions": [{"type": "COPY_CODE", "copy_code_text": "Copy"}]}}""")]
    public async Task What_only_WhatsApp_shows_is_not_sent_as_SMS(string types) =>
        await TrySendAsync(await ContentAsync(types)).ExpectErrorAsync(400, 21655);

    [Fact]
    public async Task The_template_takes_the_place_of_the_messages_own_text_and_media()
    {
        var content = await ContentAsync("""{"twilio/text": {"body": "Template"}}""");

        var message = await SendAsync(content, null, ("Body", "Own"), ("MediaUrl", "http://localhost/own.png"));

        Assert.Equal(("Template", "0"), (message["body"], message["num_media"]));
    }

    [Fact]
    public async Task A_Messaging_Service_renders_the_template_and_its_deletion_changes_no_message()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var content = await ContentAsync("""{"twilio/text": {"body": "Hi {{1}}"}}""");

        var message = await server.PostAsync(MessagesApi.Path, ("To", NumbersApi.New()),
            ("MessagingServiceSid", service), ("ContentSid", content),
            ("ContentVariables", """{"1": "Ann"}""")).ExpectAsync(201);
        await server.DeleteAsync($"/v1/Content/{content}").ExpectAsync(204);

        // The text is unknown until the sender is selected.
        Assert.Equal("", message["body"]);
        Assert.Equal("Hi Ann", (await server.Api.Messages.UntilAsync(message["sid"]!, "delivered"))["body"]);
        await TrySendAsync(content).ExpectErrorAsync(400, 21655);
    }

    [Theory]
    [InlineData("", 21656)]
    [InlineData("a\nb", 21656)]
    [InlineData("a\tb", 21656)]
    [InlineData("a     b", 21656)]
    [InlineData("a    b", 201)]
    public async Task WhatsApp_takes_values_of_one_line_only(string value, int expected)
    {
        var from = await server.Api.ChannelSenders.CreateWhatsAppAsync();
        var content = await ContentAsync("""{"twilio/text": {"body": "Hi {{1}}!"}}""");
        var variables = JsonSerializer.Serialize(new Dictionary<string, string> { ["1"] = value });
        (string, string)[] message = [("ContentSid", content), ("ContentVariables", variables)];

        var whatsApp = await server.PostAsync(
            MessagesApi.Path, [("From", from), ("To", $"whatsapp:{NumbersApi.New()}"), .. message]);
        Assert.Equal($"{expected}", whatsApp.Status == 201 ? "201" : whatsApp["code"]);
        Assert.Equal($"Hi {value}!", (await SendAsync(content, variables))["body"]);
    }

    [Theory]
    [InlineData("""{"whatsapp/authentication": {"actions": [{"type": "COPY_CODE", "copy_code_text": "Copy"}]}}""",
        "*123456* is your verification code.")]
    [InlineData("""{"whatsapp/authentication": {"add_security_recommendation": true, "actions": [{"type": "COPY_CODE", "copy_code_text": "Copy"}]}}""",
        "*123456* is your verification code. For your security, do not share this code.")]
    [InlineData("""{"twilio/location": {"longitude": 104.99, "latitude": 39.7, "label": "Office"}}""", "Office")]
    [InlineData("""{"twilio/location": {"longitude": 104.99, "latitude": 39.7}}""", "39.7,104.99")]
    public async Task WhatsApp_has_a_sentence_for_codes_and_shows_locations(string types, string body)
    {
        var message = await server.PostAsync(
            MessagesApi.Path, ("From", await server.Api.ChannelSenders.CreateWhatsAppAsync()),
            ("To", $"whatsapp:{NumbersApi.New()}"), ("ContentSid", await ContentAsync(types)),
            ("ContentVariables", """{"1": "123456"}""")).ExpectAsync(201);

        Assert.Equal(body, message["body"]);
    }

    public static TheoryData<string> BadVariables =>
        ["text", "null", "[]", "\"x\"", "1", "{", """{"1": 1}""", """{"1": null}""", """{"1": {}}""",
            """{"1": "a", "1": "b"}""", """{"1": "\u0000"}""", """{"1": "\ud800"}"""];

    [Theory]
    [MemberData(nameof(BadVariables))]
    public async Task Values_must_be_texts_in_a_json_object(string variables) =>
        await TrySendAsync(await ContentAsync("""{"twilio/text": {"body": "Hi {{1}}"}}"""), variables)
            .ExpectErrorAsync(400, 21656);

    [Theory]
    [InlineData(21619, """{"twilio/text": {"body": "{{1}}"}}""", "")]
    [InlineData(21617, """{"twilio/text": {"body": "{{1}}{{1}}"}}""", "long")]
    [InlineData(21620, """{"twilio/media": {"media": ["{{1}}"]}}""", "file:///etc/passwd")]
    [InlineData(21620, """{"twilio/media": {"media": ["http://localhost/{{1}}{{1}}{{1}}{{1}}{{1}}"]}}""", "long")]
    [InlineData(21623, """{"twilio/media": {"media": ["{{1}}","{{1}}","{{1}}","{{1}}","{{1}}","{{1}}","{{1}}","{{1}}","{{1}}","{{1}}","{{1}}"]}}""", "http://localhost/")]
    [InlineData(21655, """{"twilio/location": {"longitude": 1, "latitude": 2}}""", "")]
    public async Task What_comes_out_is_held_to_the_limits_of_messages(int code, string types, string value) =>
        await TrySendAsync(
        await ContentAsync(types),
        JsonSerializer.Serialize(new Dictionary<string, string> { ["1"] = value == "long" ? new string('a',
            801) : value }))
        .ExpectErrorAsync(400, code);

    [Fact]
    public async Task Placeholders_beyond_all_measure_cost_next_to_nothing()
    {
        var content =
            await ContentAsync(
            $$$"""{"twilio/text": {"body": "{{{string.Concat(Enumerable.Repeat("{{1}}", 320))}}}" } }""");

        await TrySendAsync(content,
            JsonSerializer.Serialize(new Dictionary<string, string> { ["1"] = new('a',
                200_000) })).ExpectErrorAsync(400, 21617);
    }

    private async Task<ApiResponse> SendAsync(
        string content, string? variables = null, params (string, string)[] more) =>
        await TrySendAsync(content, variables, more).ExpectAsync(201);

    private async Task<ApiResponse> TrySendAsync(
        string content, string? variables = null, params (string, string)[] more)
    {
        var from = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(from);
        return await server.PostAsync(MessagesApi.Path,
            [("To", NumbersApi.New()), ("From", from), ("ContentSid", content),
            .. variables is null ? [] : new[] { ("ContentVariables", variables) }, .. more]);
    }

    private async Task<string> ContentAsync(string types, string variables = "{}") => (await server.Api.PostJsonAsync(
        "/v1/Content", $$"""{"language": "en", "variables": {{variables}}, "types": {{types}}}""")
            .ExpectAsync(201))["sid"]!;
}
