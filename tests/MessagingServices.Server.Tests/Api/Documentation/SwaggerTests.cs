using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Api.Documentation;

/// <summary>The API's description holds every call that there is, and explains every parameter.</summary>
public sealed class SwaggerTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string FormType = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("/swagger", "text/html")]
    [InlineData("/swagger/v1/swagger.json", "application/json")]
    public async Task It_is_open_to_everybody(string path, string type)
    {
        using var client = server.Client();

        var answer = await client.GetAsync(path);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Every_action_is_described()
    {
        var paths = await PathsAsync();
        var actions = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Select(method => (Path: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'),
                    Method: method.ToLowerInvariant())))
            .ToList();

        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.NotNull(paths[action.Path]?[action.Method]));
        Assert.All(await OperationsAsync(), operation => Assert.NotEmpty(operation.Call["summary"]?.ToString() ?? ""));
    }

    [Fact]
    public async Task Every_parameter_is_explained()
    {
        var unexplained =
            from operation in await OperationsAsync()
            from parameter in Parameters(operation.Call).Concat(Fields(operation.Call))
            where string.IsNullOrWhiteSpace(parameter.Description)
            select $"{operation.Name}: {parameter.Name}";

        Assert.Empty(unexplained);
    }

    [Fact]
    public async Task Bodies_are_url_encoded_forms_and_json_on_v2_and_of_content() => Assert.All(
        (await OperationsAsync()).Where(operation => operation.Call["requestBody"] is not null),
        operation =>
            Assert.Equal([operation.Name.Contains("/v2/",
                StringComparison.Ordinal) || operation.Name.Contains("/content/",
                StringComparison.Ordinal) ? "application/json" : FormType],
            operation.Call["requestBody"]!["content"]!.AsObject().Select(content => content.Key)));

    [Fact]
    public async Task Lists_have_the_keys_of_their_answers()
    {
        foreach (var (list, key) in new[]
                 {
                     ("/v2/Channels/Senders", "senders"), ("/v1/Services/{serviceSid}/ChannelSenders", "senders"),
                     ("/v1/Services/{serviceSid}/Compliance/Usa2p", "compliance"), ("/content/v1/Content", "contents"),
                 })
        {
            var page = PageOf((await PathsAsync())[list]!["get"]!);
            Assert.NotNull(page[key]);
        }
    }

    [Fact]
    public async Task What_must_be_given_is_marked_so()
    {
        var create = (await PathsAsync())["/2010-04-01/Accounts/{AccountSid}/Messages.json"]!["post"]!;
        var form = create["requestBody"]!["content"]![FormType]!["schema"]!;

        Assert.Equal(["To"], form["required"]!.AsArray().Select(name => name!.ToString()));
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own()
    {
        var names = (await OperationsAsync()).Select(operation => operation.Call["operationId"]!.ToString()).ToList();

        Assert.All(names, name => Assert.Matches("^[A-Z][A-Za-z0-9]+$", name));
        Assert.Empty(names.CountBy(name => name).Where(name => name.Value > 1));
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
    public async Task Operations_have_the_names_of_Twilio(string method, string path, string name) =>
        Assert.Equal(name, (await PathsAsync())[path]![method]!["operationId"]!.ToString());

    [Theory]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "ValidityPeriod", "integer", "1", "36000")]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "SmartEncoded", "boolean", null, null)]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "MaxPrice", "number", null, null)]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "Body", "string", null, null)]
    [InlineData("/v1/Services", "StickySender", "boolean", null, null)]
    [InlineData("/emulator/v1/CarrierRules", "Percent", "number", "0", "100")]
    public async Task Fields_have_types_and_bounds(string path, string field, string type, string? min, string? max)
    {
        var schema = await FieldAsync(path, field);

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
    public async Task Fields_have_formats_and_lengths(string path, string field, string keyword, string value) =>
        Assert.Equal(value, (await FieldAsync(path, field))[keyword]!.ToString());

    [Theory]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "ContentRetention", "retain,discard")]
    [InlineData("/v1/Services", "InboundMethod", "GET,POST")]
    [InlineData("/emulator/v1/Reset", "Scope", "messages,all")]
    public async Task Fields_have_their_words(string path, string field, string words) => Assert.Equal(
        words, string.Join(',', (await FieldAsync(path, field))["enum"]!.AsArray().Select(word => word!.ToString())));

    [Theory]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "To")]
    [InlineData("/v1/Services", "FriendlyName")]
    [InlineData("/conversations/v1/Configuration/Addresses", "Type,Address")]
    [InlineData("/v2/Channels/Senders", "sender_id")]
    [InlineData("/content/v1/Content", "language,types")]
    public async Task What_must_be_given_is_required(string path, string names) => Assert.Equal(
        names.Split(',').Order(), (await BodyAsync(path))["required"]!.AsArray().Select(name => name!.ToString()).Order());

    [Fact]
    public async Task What_a_query_must_have_is_required()
    {
        var list = (await PathsAsync())["/v2/Channels/Senders"]!["get"]!;

        Assert.Contains(list["parameters"]!.AsArray(), parameter =>
            parameter!["name"]!.ToString() == "Channel" && (bool)parameter["required"]!);
    }

    [Fact]
    public async Task The_text_and_the_schema_say_the_same_about_what_is_required()
    {
        foreach (var operation in await OperationsAsync())
        {
            var schema = operation.Call["requestBody"]?["content"]?[FormType]?["schema"];
            var required = schema?["required"]?.AsArray().Select(name => name!.ToString()).ToHashSet() ?? [];
            var isCreation = operation.Call["responses"]!["201"] is not null;
            Assert.All(Fields(operation.Call), field => Assert.True(
                required.Contains(field.Name) == (field.Description!.EndsWith("Required.", StringComparison.Ordinal)
                    || field.Description.Contains(" Required;", StringComparison.Ordinal)
                    || (isCreation
                        && field.Description.EndsWith("Required on creation.", StringComparison.Ordinal))),
                $"{operation.Name}: {field.Name}"));
        }
    }

    [Fact]
    public async Task Headers_that_an_operation_reads_are_among_its_parameters()
    {
        var with = (await OperationsAsync()).Where(operation =>
            Parameters(operation.Call).Any(parameter => parameter.Name == "X-Twilio-Webhook-Enabled")).ToList();

        Assert.Contains(with, operation => operation.Name == "post /conversations/v1/Conversations");
        Assert.All(with, operation => Assert.Contains("/conversations/", operation.Name, StringComparison.Ordinal));
        Assert.DoesNotContain(with, operation => operation.Name.StartsWith("get ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("post", "/2010-04-01/Accounts/{AccountSid}/Messages.json", "201 400 401 404 413 429 503 default")]
    [InlineData("get", "/2010-04-01/Accounts/{AccountSid}/Messages.json", "200 400 401 503 default")]
    [InlineData("get", "/2010-04-01/Accounts/{AccountSid}/Messages/{sid}.json", "200 401 404 503 default")]
    [InlineData("delete", "/2010-04-01/Accounts/{AccountSid}/Messages/{sid}.json", "204 401 404 409 503 default")]
    [InlineData("post", "/v1/Services/{serviceSid}/PhoneNumbers", "201 400 401 404 409 412 413 503 default")]
    public async Task Responses_are_described_by_status(string method, string path, string statuses) => Assert.Equal(
        statuses, string.Join(' ', (await PathsAsync())[path]![method]!["responses"]!.AsObject()
            .Select(response => response.Key)));

    [Fact]
    public async Task Errors_have_the_shape_of_Twilio_and_name_their_codes()
    {
        var conflict = (await PathsAsync())["/v1/Services/{serviceSid}/PhoneNumbers"]!["post"]!["responses"]!["409"]!;

        Assert.Contains("`21710`", conflict["description"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("#/components/schemas/ErrorBody",
            conflict["content"]!["application/json"]!["schema"]!["$ref"]!.ToString());
    }

    [Theory]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "1000")]
    [InlineData("/conversations/v1/Conversations", "100")]
    [InlineData("/conversations/v1/ParticipantConversations", "50")]
    public async Task Lists_say_how_long_their_pages_can_be(string path, string max)
    {
        var size = (await PathsAsync())[path]!["get"]!["parameters"]!.AsArray()
            .Single(parameter => parameter!["name"]!.ToString() == "PageSize")!["schema"]!;

        Assert.Equal(("1", max), (size["minimum"]!.ToString(), size["maximum"]!.ToString()));
    }

    [Fact]
    public async Task Members_of_resources_have_formats_and_can_be_null_where_they_can()
    {
        var schemas = (await DocumentAsync())["components"]!["schemas"]!;
        var message = schemas["MessageResource"]!["properties"]!;
        var rule = schemas["Emulator.CarrierRuleResource"]!["properties"]!;

        Assert.Equal("date-time-rfc-2822", message["date_created"]!["format"]!.ToString());
        Assert.Equal("uri-reference", message["uri"]!["format"]!.ToString());
        Assert.Equal("date-time", rule["date_created"]!["format"]!.ToString());
        Assert.Equal("uri", rule["url"]!["format"]!.ToString());
        Assert.True((bool)rule["outcome"]!["nullable"]!);
    }

    [Fact]
    public async Task Lists_show_their_paging_and_their_items()
    {
        var list = (await PathsAsync())["/2010-04-01/Accounts/{AccountSid}/Messages.json"]!["get"]!;
        var page = PageOf(list);

        Assert.Equal(["PageSize", "Page", "PageToken"],
            Parameters(list).Select(parameter => parameter.Name).TakeLast(3));
        Assert.Equal("#/components/schemas/MessageResource", page["messages"]!["items"]!["$ref"]!.ToString());
        Assert.NotNull(page["next_page_uri"]);
    }

    [Theory]
    [InlineData("/v1/Services/{serviceSid}/ShortCodes", "short_codes", "V1.PoolShortCodeResource")]
    [InlineData("/v1/Services/{serviceSid}/AlphaSenders", "alpha_senders", "V1.AlphaSenderResource")]
    [InlineData("/v1/Services/{serviceSid}/DestinationAlphaSenders", "alpha_senders",
        "V1.DestinationAlphaSenderResource")]
    public async Task Lists_show_the_key_of_their_items(string path, string key, string resource)
    {
        var page = PageOf((await PathsAsync())[path]!["get"]!);

        Assert.Equal(["meta", key], page.AsObject().Select(member => member.Key));
        Assert.Equal($"#/components/schemas/{resource}", page[key]!["items"]!["$ref"]!.ToString());
    }

    [Fact]
    public async Task Resources_are_described_as_they_are_on_the_wire()
    {
        var members =
            from schema in (await DocumentAsync())["components"]!["schemas"]!.AsObject()
            from member in schema.Value!["properties"]?.AsObject() ?? []
            select (Name: $"{schema.Key}.{member.Key}", Key: member.Key, Schema: member.Value!);

        Assert.Contains(members, member => member.Name == "MessageResource.account_sid");
        Assert.All(members, member => Assert.Matches("^[a-z0-9_]+$", member.Key));
        Assert.All(members.Where(member => member.Key.EndsWith("sid",
            StringComparison.Ordinal) || member.Key.StartsWith("date", StringComparison.Ordinal)),
            member => Assert.True(member.Schema["type"]?.ToString() == "string", $"{member.Name} is no text."));
        Assert.Contains("delivered",
            (await DocumentAsync())["components"]!["schemas"]!["MessageStatus"]!["enum"]!.AsArray()
                .Select(word => word!.ToString()));
    }

    private static IEnumerable<(string Name, string? Description)> Parameters(JsonNode call) =>
        call["parameters"]?.AsArray()
            .Select(parameter => (parameter!["name"]!.ToString(), parameter["description"]?.ToString())) ?? [];

    private static IEnumerable<(string Name, string? Description)> Fields(JsonNode call) =>
        call["requestBody"]?["content"]?[FormType]?["schema"]?["properties"]?.AsObject()
            .Select(field => (field.Key, field.Value!["description"]?.ToString())) ?? [];

    private async Task<JsonNode> FieldAsync(string path, string field) =>
        (await BodyAsync(path))["properties"]![field]!;

    /// <summary>The schema of a body of POST.</summary>
    private async Task<JsonNode> BodyAsync(string path)
    {
        var document = await DocumentAsync();
        var content = document["paths"]![path]!["post"]!["requestBody"]!["content"]!;
        if (content[FormType] is { } form) return form["schema"]!;
        var name = content["application/json"]!["schema"]!["$ref"]!.ToString().Split('/')[^1];
        return document["components"]!["schemas"]![name]!;
    }

    private async Task<JsonNode> DocumentAsync() => (await server.GetAsync("/swagger/v1/swagger.json")).Body!;

    /// <summary>The properties of the JSON with which an operation answers.</summary>
    private static JsonNode PageOf(JsonNode operation) =>
        operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["properties"]!;

    private async Task<JsonNode> PathsAsync() => (await DocumentAsync())["paths"]!;

    private async Task<List<(string Name, JsonNode Call)>> OperationsAsync() =>
    [
        .. from path in (await PathsAsync()).AsObject()
           from call in path.Value!.AsObject()
           select ($"{call.Key} {path.Key}", call.Value!),
    ];
}
