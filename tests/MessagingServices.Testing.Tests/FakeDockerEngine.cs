using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MessagingServices.Testing.Tests;

/// <summary>
/// Answers as a Docker engine does, and runs nothing: the one container that it has is a server that runs already. So a
/// test sees what is asked of an engine, on a machine without one.
/// </summary>
internal sealed class FakeDockerEngine : IAsyncDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly WebApplication app;
    private readonly int serverPort;

    private FakeDockerEngine(WebApplication app, int serverPort) => (this.app, this.serverPort) = (app, serverPort);

    /// <summary>Its address.</summary>
    public string Endpoint => app.Urls.Single().Replace("http:", "tcp:", StringComparison.Ordinal);

    /// <summary>What a container was to be created with.</summary>
    public JsonNode? Created { get; private set; }

    /// <summary>The files that were copied into it, as an archive.</summary>
    public string Copied { get; private set; } = "";

    /// <summary>Starts it.</summary>
    /// <param name="serverPort">Where the server listens that is to be in the container.</param>
    public static async Task<FakeDockerEngine> StartAsync(int serverPort)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        FakeDockerEngine engine = new(app, serverPort);
        app.Run(engine.AnswerAsync);
        await app.StartAsync();
        return engine;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        // Calls may begin with the version of the API.
        var path = request.Path.Value!.StartsWith("/v1.", StringComparison.Ordinal)
            ? request.Path.Value[request.Path.Value.IndexOf('/', 1)..] : request.Path.Value;
        switch (request.Method, path)
        {
            case (_, "/_ping"):
                context.Response.Headers["Api-Version"] = "1.47";
                await context.Response.WriteAsync("OK");
                break;
            case ("GET", "/version"):
                await WriteAsync("""{ "Version": "27.0", "ApiVersion": "1.47", "Os": "linux", "Arch": "amd64" }""");
                break;
            case ("GET", "/info"):
                await WriteAsync("""{ "ID": "fake", "OSType": "linux", "ServerVersion": "27" }""");
                break;
            case ("GET", var image) when image.StartsWith("/images/", StringComparison.Ordinal):
                await WriteAsync("""{ "Id": "sha256:00", "Created": "2030-01-01T00:00:00Z", "RepoTags": [] }""");
                break;
            case ("POST", "/containers/create"):
                Created = await JsonNode.ParseAsync(request.Body);
                context.Response.StatusCode = 201;
                await WriteAsync($$"""{ "Id": "{{Id}}", "Warnings": [] }""");
                break;
            case ("PUT", _):
                using (MemoryStream archive = new())
                {
                    await request.Body.CopyToAsync(archive);
                    Copied += Encoding.UTF8.GetString(archive.ToArray());
                }

                break;
            case ("GET", "/containers/json"):
                await WriteAsync($$"""[{ "Id": "{{Id}}", "Names": ["/fake"], "State": "running" }]""");
                break;
            case ("GET", var inspected) when inspected.EndsWith("/json", StringComparison.Ordinal):
                await WriteAsync(Container());
                break;
            default:
                context.Response.StatusCode = 204;
                break;
        }

        Task WriteAsync(string json)
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(json);
        }
    }

    private string Container() => new JsonObject
    {
        ["Id"] = Id,
        ["Name"] = "/fake",
        [nameof(Created)] = "2030-01-01T00:00:00Z",
        ["Config"] = new JsonObject { ["Image"] = "fake", ["Labels"] = new JsonObject() },
        ["State"] = new JsonObject
        {
            ["Status"] = "running", ["Running"] = true, ["StartedAt"] = "2030-01-01T00:00:00Z",
        },
        ["HostConfig"] = new JsonObject(),
        ["NetworkSettings"] = new JsonObject
        {
            ["Ports"] = new JsonObject
            {
                ["8080/tcp"] = new JsonArray(new JsonObject
                {
                    ["HostIp"] = "127.0.0.1", ["HostPort"] = serverPort.ToString(CultureInfo.InvariantCulture),
                }),
            },
            ["Networks"] = new JsonObject(),
        },
    }.ToJsonString();
}
