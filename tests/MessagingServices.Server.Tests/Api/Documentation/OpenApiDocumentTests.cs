using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Documentation;

namespace MessagingServices.Server.Tests.Api.Documentation;

/// <summary>
/// The API's description says by its schema what callers need: names, types, bounds, words, formats, what is required,
/// and the responses by status.
/// </summary>
public sealed class OpenApiDocumentTests
{
    private const string FormType = "application/x-www-form-urlencoded";

    // The file is the description that the server gives; another test compares them.
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(OpenApiFileTests.Page))!;

    private static JsonNode Paths => Document["paths"]!;

    private static List<(string Name, JsonNode Call)> Operations =>
    [
        .. from path in Paths.AsObject()
           from call in path.Value!.AsObject()
           select ($"{call.Key} {path.Key}", call.Value!),
    ];

    [Fact]
    public void Every_operation_has_a_name_of_its_own()
    {
        var names = Operations.Select(operation => operation.Call["operationId"]!.ToString()).ToList();

        Assert.All(names, name => Assert.Matches("^[A-Z][A-Za-z0-9]+$", name));
        Assert.All(names.CountBy(name => name), name => Assert.True(name.Value == 1, $"{name.Key} is not unique."));
    }

    [Theory]
    [InlineData("post", "/2010-04-01/Accounts/{AccountSid}/Messages.json", "CreateMessage")]
    [InlineData("get", "/2010-04-01/Accounts/{AccountSid}/Messages/{sid}.json", "FetchMessage")]
    [InlineData("post", "/v1/Services", "MessagingCreateService")]
    [InlineData("get", "/conversations/v1/Services", "ConversationsListService")]
    [InlineData("post", "/v2/Channels/Senders", "CreateChannelsSender")]
    [InlineData("post", "/content/v1/Content", "CreateContent")]
    [InlineData("get", "/content/v1/Content", "ContentV1ListContent")]
    [InlineData("post", "/emulator/v1/CarrierRules", "CreateCarrierRule")]
    [InlineData("get", "/emulator/v1/Messages/Wait", "WaitForMessage")]
    public void Operations_have_the_names_of_Twilio(string method, string path, string name) =>
        Assert.Equal(name, Paths[path]![method]!["operationId"]!.ToString());

    [Theory]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "ValidityPeriod", "integer", "1", "36000")]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "SmartEncoded", "boolean", null, null)]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "MaxPrice", "number", null, null)]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "Body", "string", null, null)]
    [InlineData("/v1/Services", "StickySender", "boolean", null, null)]
    [InlineData("/emulator/v1/CarrierRules", "Percent", "number", "0", "100")]
    public void Fields_have_types_and_bounds(string path, string field, string type, string? min, string? max)
    {
        var schema = Field(path, field);

        Assert.Equal(type, schema["type"]!.ToString());
        Assert.Equal(min, schema["minimum"]?.ToString());
        Assert.Equal(max, schema["maximum"]?.ToString());
    }

    [Theory]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "StatusCallback", "format", "uri")]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "SendAt", "format", "date-time")]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "Body", "maxLength", "1600")]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "MediaUrl", "maxItems", "10")]
    [InlineData(
        "/2010-04-01/Accounts/{AccountSid}/Messages.json", "MessagingServiceSid", "pattern", "^MG[0-9a-fA-F]{32}$")]
    [InlineData("/v1/Services", "FriendlyName", "maxLength", "64")]
    public void Fields_have_formats_and_lengths(string path, string field, string keyword, string value) =>
        Assert.Equal(value, Field(path, field)[keyword]!.ToString());

    [Theory]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "ContentRetention", "retain,discard")]
    [InlineData("/v1/Services", "InboundMethod", "GET,POST")]
    [InlineData("/emulator/v1/Reset", "Scope", "messages,all")]
    public void Fields_have_their_words(string path, string field, string words) => Assert.Equal(
        words, string.Join(',', Field(path, field)["enum"]!.AsArray().Select(word => word!.ToString())));

    [Theory]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "To")]
    [InlineData("/v1/Services", "FriendlyName")]
    [InlineData("/conversations/v1/Configuration/Addresses", "Type,Address")]
    [InlineData("/v2/Channels/Senders", "sender_id")]
    [InlineData("/content/v1/Content", "language,types")]
    public void What_must_be_given_is_required(string path, string names) => Assert.Equal(
        names.Split(',').Order(), Body(path)["required"]!.AsArray().Select(name => name!.ToString()).Order());

    [Fact]
    public void What_a_query_must_have_is_required()
    {
        var list = Paths["/v2/Channels/Senders"]!["get"]!;

        Assert.Contains(list["parameters"]!.AsArray(), parameter =>
            parameter!["name"]!.ToString() == "Channel" && (bool)parameter["required"]!);
    }

    [Fact]
    public void The_text_and_the_schema_say_the_same_about_what_is_required()
    {
        foreach (var operation in Operations)
        {
            var schema = operation.Call["requestBody"]?["content"]?[FormType]?["schema"];
            var required = schema?["required"]?.AsArray().Select(name => name!.ToString()).ToHashSet() ?? [];
            var isCreation = operation.Call["responses"]!["201"] is not null;
            Assert.All(Fields(operation.Call), field => Assert.True(
                required.Contains(field.Name) == (field.Description.EndsWith("Required.", StringComparison.Ordinal)
                    || field.Description.Contains(" Required;", StringComparison.Ordinal)
                    || (isCreation
                        && field.Description.EndsWith("Required on creation.", StringComparison.Ordinal))),
                $"{operation.Name}: {field.Name}"));
        }
    }

    [Fact]
    public void Headers_that_an_operation_reads_are_among_its_parameters()
    {
        var with = Operations
            .Where(operation => Parameters(operation.Call).Contains("X-Twilio-Webhook-Enabled")).ToList();

        Assert.Contains(with, operation => operation.Name == "post /conversations/v1/Conversations");
        Assert.All(with, operation => Assert.Contains("/conversations/", operation.Name, StringComparison.Ordinal));
        Assert.DoesNotContain(with, operation => operation.Name.StartsWith("get ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("post", "/2010-04-01/Accounts/{AccountSid}/Messages.json", "201 400 401 413 429 503 default")]
    [InlineData("get", "/2010-04-01/Accounts/{AccountSid}/Messages.json", "200 400 401 503 default")]
    [InlineData("get", "/2010-04-01/Accounts/{AccountSid}/Messages/{sid}.json", "200 401 404 503 default")]
    [InlineData("delete", "/2010-04-01/Accounts/{AccountSid}/Messages/{sid}.json", "204 401 404 409 503 default")]
    [InlineData("post", "/v1/Services/{serviceSid}/PhoneNumbers", "201 400 401 404 409 412 413 503 default")]
    public void Responses_are_described_by_status(string method, string path, string statuses) => Assert.Equal(
        statuses, string.Join(' ', Paths[path]![method]!["responses"]!.AsObject()
            .Select(response => response.Key)));

    [Fact]
    public void Errors_have_the_shape_of_Twilio_and_name_their_codes()
    {
        var conflict = Paths["/v1/Services/{serviceSid}/PhoneNumbers"]!["post"]!["responses"]!["409"]!;

        Assert.Contains("`21710`", conflict["description"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("#/components/schemas/ErrorBody",
            conflict["content"]!["application/json"]!["schema"]!["$ref"]!.ToString());
    }

    [Theory]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "1000")]
    [InlineData("/conversations/v1/Conversations", "100")]
    [InlineData("/conversations/v1/ParticipantConversations", "50")]
    public void Lists_say_how_long_their_pages_can_be(string path, string max)
    {
        var size = Paths[path]!["get"]!["parameters"]!.AsArray()
            .Single(parameter => parameter!["name"]!.ToString() == "PageSize")!["schema"]!;

        Assert.Equal(("1", max), (size["minimum"]!.ToString(), size["maximum"]!.ToString()));
    }

    [Fact]
    public void Members_of_resources_have_formats_and_can_be_null_where_they_can()
    {
        var schemas = Document["components"]!["schemas"]!;
        var message = schemas["MessageResource"]!["properties"]!;
        var rule = schemas["Emulator.CarrierRuleResource"]!["properties"]!;

        Assert.Equal("date-time-rfc-2822", message["date_created"]!["format"]!.ToString());
        Assert.Equal("uri-reference", message["uri"]!["format"]!.ToString());
        Assert.Equal("date-time", rule["date_created"]!["format"]!.ToString());
        Assert.Equal("uri", rule["url"]!["format"]!.ToString());
        Assert.True((bool)rule["outcome"]!["nullable"]!);
    }

    private static IEnumerable<string> Parameters(JsonNode call) =>
        call["parameters"]?.AsArray().Select(parameter => parameter!["name"]!.ToString()) ?? [];

    private static IEnumerable<(string Name, string Description)> Fields(JsonNode call) =>
        call["requestBody"]?["content"]?[FormType]?["schema"]?["properties"]?.AsObject()
            .Select(field => (field.Key, field.Value!["description"]!.ToString())) ?? [];

    private static JsonNode Field(string path, string field) => Body(path)["properties"]![field]!;

    /// <summary>The schema of the body of a POST.</summary>
    private static JsonNode Body(string path)
    {
        var content = Paths[path]!["post"]!["requestBody"]!["content"]!;
        return content[FormType]?["schema"]
            ?? Document["components"]!["schemas"]![
                content["application/json"]!["schema"]!["$ref"]!.ToString().Split('/')[^1]]!;
    }
}
