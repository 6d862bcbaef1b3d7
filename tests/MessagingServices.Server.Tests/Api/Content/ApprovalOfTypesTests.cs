using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Content;

/// <summary>Which content types WhatsApp approves, and in which category.</summary>
public sealed class ApprovalOfTypesTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private const string Request = """{"name": "order_1", "category": "utility"}""";

    [Theory]
    [InlineData("twilio/list-picker",
        """{"body": "Where?", "button": "Choose", "items": [{"id": "1", "item": "There"}]}""")]
    [InlineData("twilio/location", """{"latitude": 1.5, "longitude": 2}""")]
    public async Task What_is_sent_in_a_session_only_is_not_approved(string type, string content)
    {
        var sid = (await server.Api.PostJsonAsync("/v1/Content",
            $$$"""{"language": "en", "types": {"{{{type}}}": {{{content}}}}}""").ExpectAsync(201))["sid"]!;

        await server.Api.PostJsonAsync(PathOf(sid), Request).ExpectErrorAsync(400, 20001);

        Assert.Equal("unsubmitted", (await StateAsync(sid))["status"]!.ToString());
    }

    [Theory]
    [InlineData("twilio/text", """{"body": "Your code is {{1}}"}""", "AUTHENTICATION", "rejected")]
    [InlineData("whatsapp/authentication",
        """{"actions": [{"type": "COPY_CODE", "copy_code_text": "Copy"}]}""", "UTILITY", "rejected")]
    [InlineData("whatsapp/authentication",
        """{"actions": [{"type": "COPY_CODE", "copy_code_text": "Copy"}]}""", "AUTHENTICATION", "approved")]
    public async Task One_time_passwords_have_a_category_and_a_type_of_their_own(
        string type, string content, string category, string status)
    {
        var sid = (await server.Api.PostJsonAsync("/v1/Content",
            $$$"""{"language": "en", "types": {"{{{type}}}": {{{content}}}}}""").ExpectAsync(201))["sid"]!;
        var created = await server.Api.PostJsonAsync(
            PathOf(sid), $$"""{"name": "code", "category": "{{category}}"}""").ExpectAsync(201);
        Assert.Equal(("received", ""), (created["status"], created["rejection_reason"]));

        await server.Api.Clock.ChangeAsync(("Advance", "PT1M"));

        var state = await StateAsync(sid);
        Assert.Equal((status, status == "rejected" ? "TAG_CONTENT_MISMATCH" : ""),
            (state["status"]!.ToString(), state["rejection_reason"]!.ToString()));
    }

    private static string PathOf(string sid) => $"/v1/Content/{sid}/ApprovalRequests/whatsapp";

    private async Task<JsonNode> StateAsync(string sid) =>
        (await server.GetAsync($"/v1/Content/{sid}/ApprovalRequests").ExpectAsync(200)).Body!["whatsapp"]!;
}
