using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Where an application keeps the media that it sends.</summary>
internal sealed class MediaServer : IAsyncDisposable
{
    /// <summary>Begins like a picture and holds every byte.</summary>
    public static readonly byte[] Picture =
        [0x89, .. "PNG\r\n\u001a\n"u8, .. Enumerable.Range(0, 300_000).Select(i => (byte)((i * 7) + (i / 256)))];

    private readonly WebApplication application;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> answers = new();

    private MediaServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        application = builder.Build();
        application.Run(async context =>
        {
            (HttpMethods.IsHead(context.Request.Method) ? Heads : Requests).Enqueue(context.Request.Path);
            if (answers.TryGetValue(context.Request.Path, out var answer)) await answer(context);
            else context.Response.StatusCode = StatusCodes.Status404NotFound;
        });
    }

    /// <summary>The paths that were requested, without HEAD requests.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The paths of HEAD requests.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    /// <summary>Scheme, host and port.</summary>
    public string Url => application.Urls.Single();

    /// <summary>Where <see cref="Picture"/> is.</summary>
    public string PictureUrl { get; private set; } = "";

    public static async Task<MediaServer> StartAsync()
    {
        var server = new MediaServer();
        await server.application.StartAsync();
        server.PictureUrl = server.Serve("image/png", Picture);
        return server;
    }

    /// <summary>Serves bytes, to GET requests after something else; where.</summary>
    public string Serve(string? contentType, byte[] bytes, Func<Task>? before = null) => Respond(async context =>
    {
        if (before is not null && !HttpMethods.IsHead(context.Request.Method)) await before();
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
    });

    /// <summary>Answers in whatever way; where.</summary>
    public string Respond(Func<HttpContext, Task> answer)
    {
        var path = $"/{answers.Count}";
        answers[path] = answer;
        return Url + path;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
