using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// An application that receives webhooks: it takes GET and POST at any path and keeps the requests. The test configures
/// the response of each path; without that it is 204.
/// </summary>
internal sealed class InboundApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<ReceivedRequest, HttpContext, Task>> answers = new();

    private InboundApp()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(async context =>
        {
            var request = await ReceivedRequest.ReadAsync(context.Request);
            Received.Enqueue(request);
            if (answers.TryGetValue(request.Path, out var answer)) await answer(request, context);
            else context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
    }

    /// <summary>The requests in the order of their arrival.</summary>
    public ConcurrentQueue<ReceivedRequest> Received { get; } = new();

    /// <summary>Scheme, host and port.</summary>
    public string Url => app.Urls.Single();

    public static async Task<InboundApp> StartAsync()
    {
        var started = new InboundApp();
        await started.app.StartAsync();
        return started;
    }

    /// <summary>The requests to a path, which has no query.</summary>
    public IReadOnlyList<ReceivedRequest> At(string path) => [.. Received.Where(request => request.Path == path)];

    /// <summary>Sets a path's response; the path's URL.</summary>
    public string Respond(string path, Func<ReceivedRequest, HttpContext, Task> answer)
    {
        answers[path] = answer;
        return Url + path;
    }

    /// <summary>Sets a response of bytes; without a content type it has no such header. The path's URL.</summary>
    public string AnswerBytes(string path, string? contentType, byte[] bytes, int status = 200) =>
        Respond(path, async (_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            // A write after 204, even of nothing, is an error, and Kestrel closes the connection.
            if (bytes.Length > 0) await context.Response.Body.WriteAsync(bytes);
        });

    /// <summary>Sets a response of TwiML from the verbs inside <c>Response</c>; the path's URL.</summary>
    public string AnswerTwiml(string path, string verbs) =>
        AnswerBytes(path, "text/xml",
            Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{verbs}</Response>"));

    /// <summary>Sets a response of plain text; the path's URL.</summary>
    public string AnswerText(string path, string text) =>
        AnswerBytes(path, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    /// <summary>Sets a response without a body; the path's URL.</summary>
    public string AnswerStatus(string path, int status) => AnswerBytes(path, null, [], status);

    /// <summary>Sets no response: requests hang until the client gives up. The path's URL.</summary>
    public string Hang(string path) => Respond(path, async (_, context) =>
    {
        var over = new TaskCompletionSource();
        using var aborted = context.RequestAborted.Register(over.SetResult);
        using var ended = app.Lifetime.ApplicationStopping.Register(() => over.TrySetResult());
        await over.Task;
        context.Abort();
    });

    /// <summary>Waits until a path has had this many requests in all; the requests. Fails after 30 seconds.</summary>
    public Task<IReadOnlyList<ReceivedRequest>> UntilAsync(string path, int times = 1) => Eventually.ValueAsync(
        () => Task.FromResult(At(path)),
        requests => requests.Count >= times,
        requests => $"{path} was requested {requests.Count} times, not {times}");

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>A request that the application received.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Url">The URL as the client wrote it, without user and password.</param>
/// <param name="Path">The path, unescaped.</param>
/// <param name="Query">The parameters of the query; of a repeated one the values joined with commas.</param>
/// <param name="Form">The fields of the form; empty when the body is not a form.</param>
/// <param name="Headers">The headers, their names in any case.</param>
/// <param name="Body">The body's bytes.</param>
internal sealed record ReceivedRequest(
    string Method, string Url, string Path,
    IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Form,
    IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>A field of the form of a POST, a parameter of the query of a GET; null when it is absent.</summary>
    public string? this[string name] => (Method == "POST" ? Form : Query).GetValueOrDefault(name);

    /// <summary>
    /// Whether it carries the signature of the account with that token, as Twilio's SDKs compute it.
    /// </summary>
    public bool IsSigned(string authToken = MessagingServer.AuthToken) => Headers["X-Twilio-Signature"]
        == RequestSignature.Compute(authToken, Url, Method == "POST" ? Form : []);

    public static async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        using var form = new FormReader(request.HasFormContentType ? Encoding.UTF8.GetString(body.ToArray()) : "");
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        return new(request.Method, $"{request.Scheme}://{request.Host}{target}", request.Path.Value ?? "",
            Texts(request.Query), Texts(await form.ReadFormAsync()),
            new Dictionary<string, string>(Texts(request.Headers), StringComparer.OrdinalIgnoreCase), body.ToArray());
    }

    private static Dictionary<string, string> Texts(IEnumerable<KeyValuePair<string, StringValues>> fields) =>
        fields.ToDictionary(field => field.Key, field => field.Value.ToString());
}
