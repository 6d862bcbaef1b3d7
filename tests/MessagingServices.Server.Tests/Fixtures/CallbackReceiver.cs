using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>An application that is told of status changes: it keeps what it was sent and answers 204.</summary>
public sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private CallbackReceiver(WebApplication app) => this.app = app;

    /// <summary>What came, in the order in which it came.</summary>
    public ConcurrentQueue<ReceivedCallback> Received { get; } = new();

    /// <summary>Where it listens.</summary>
    public string Url => app.Urls.First() + "/status";

    public static async Task<CallbackReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new CallbackReceiver(builder.Build());
        receiver.app.MapPost("/status", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            receiver.Received.Enqueue(new(form["MessageSid"]!, form["MessageStatus"]!, request.Headers["I-Twilio-Idempotency-Token"]!,
                form.ToDictionary(field => field.Key, field => field.Value.ToString())));
            return Results.NoContent();
        });
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until what was received satisfies the condition; fails after half a minute.</summary>
    public async Task UntilAsync(Func<IReadOnlyCollection<ReceivedCallback>, bool> condition)
    {
        for (var start = Stopwatch.GetTimestamp(); !condition(Received); await Task.Delay(20))
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), $"Received so far: {Received.Count}");
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

/// <summary>A callback as it came.</summary>
public sealed record ReceivedCallback(string MessageSid, string Status, string Token, IReadOnlyDictionary<string, string> Parameters);
