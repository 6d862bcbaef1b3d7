using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Api.Documentation;

/// <summary>The API's description holds every call that there is, and explains every parameter.</summary>
public sealed class SwaggerTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string MultipartType = "multipart/form-data";
    private const string FormType = "application/x-www-form-urlencoded";

    private static readonly string[] JsonParts = ["/v2/", "/v3/", "/content/", "/emulator/v1/Seed"];

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
            Assert.Equal([HasJson(operation.Name) ? "application/json" : FormType],
            operation.Call["requestBody"]!["content"]!.AsObject().Select(content => content.Key)
                .Where(type => type != MultipartType)));

    [Fact]
    public async Task Only_messages_from_handsets_may_have_files() => Assert.Equal(
        ["post /emulator/v1/InboundMessages"],
        (await OperationsAsync())
            .Where(operation => operation.Call["requestBody"]?["content"]?[MultipartType] is not null)
            .Select(operation => operation.Name));

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
        // Twilio's v3 has members in camel case.
        Assert.All(members.Where(member => !member.Name.StartsWith("V3.", StringComparison.Ordinal)),
            member => Assert.Matches("^[a-z0-9_]+$", member.Key));
        Assert.All(members.Where(member => member.Key.EndsWith("sid",
            StringComparison.Ordinal) || member.Key.StartsWith("date", StringComparison.Ordinal)),
            member => Assert.True(member.Schema["type"]?.ToString() == "string", $"{member.Name} is no text."));
        Assert.Contains("delivered",
            (await DocumentAsync())["components"]!["schemas"]!["MessageStatus"]!["enum"]!.AsArray()
                .Select(word => word!.ToString()));
    }

    /// <summary>Bodies of v2, v3, content and seeds are JSON, but for one form.</summary>
    private static bool HasJson(string operation) =>
        operation != "post /v2/Indicators/Typing.json"
        && JsonParts.Any(part => operation.Contains(part, StringComparison.Ordinal));

    private static IEnumerable<(string Name, string? Description)> Parameters(JsonNode call) =>
        call["parameters"]?.AsArray()
            .Select(parameter => (parameter!["name"]!.ToString(), parameter["description"]?.ToString())) ?? [];

    private static IEnumerable<(string Name, string? Description)> Fields(JsonNode call) =>
        call["requestBody"]?["content"]?[FormType]?["schema"]?["properties"]?.AsObject()
            .Select(field => (field.Key, field.Value!["description"]?.ToString())) ?? [];

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
