using System.Collections.Concurrent;
using System.Net;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace MessagingServices.Server.Tests.Webhooks;

/// <summary>An application that receives webhooks over HTTP and keeps the requests.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication application;

    private Receiver(Func<Received, HttpContext, Task> respond)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        application = builder.Build();
        application.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var received = new Received(
                context.Request.Method,
                context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                context.Request.Headers.ToDictionary(
                    h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await reader.ReadToEndAsync());
            Requests.Enqueue(received);
            await respond(received, context);
        });
    }

    public ConcurrentQueue<Received> Requests { get; } = new();

    /// <summary>Scheme, host and port.</summary>
    public string Url => application.Urls.Single();

    public static Task<Receiver> StartAsync(int statusCode = 200) => StartAsync((_, context) =>
    {
        context.Response.StatusCode = statusCode;
        return Task.CompletedTask;
    });

    public static async Task<Receiver> StartAsync(Func<Received, HttpContext, Task> respond)
    {
        var receiver = new Receiver(respond);
        await receiver.application.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}

internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public IReadOnlyList<KeyValuePair<string, string>> Form
    {
        get
        {
            var form = HttpUtility.ParseQueryString(Body);
            return [.. form.AllKeys.Select(key => KeyValuePair.Create(key!, form[key]!))];
        }
    }

    public string? Token => Headers.GetValueOrDefault("I-Twilio-Idempotency-Token");
}
