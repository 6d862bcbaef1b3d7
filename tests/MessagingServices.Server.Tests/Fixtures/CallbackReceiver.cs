using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>An application that receives status callbacks: it keeps them and responds with 204.</summary>
public sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly InboundApp app;

    private CallbackReceiver(InboundApp app)
    {
        this.app = app;
        Url = app.Respond("/status", async (request, context) =>
        {
            await MayRespond;
            if (RespondsAfter > TimeSpan.Zero) await Task.Delay(RespondsAfter);
            Received.Enqueue(new(request["MessageSid"]!, request["MessageStatus"]!,
                request.Headers["I-Twilio-Idempotency-Token"], request.Form));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
    }

    /// <summary>What came, in the order in which it came.</summary>
    public ConcurrentQueue<ReceivedCallback> Received { get; } = new();

    /// <summary>What it waits for before it responds, and before a callback counts as received.</summary>
    public Task MayRespond { get; set; } = Task.CompletedTask;

    /// <summary>How long it takes to respond, after <see cref="MayRespond"/>.</summary>
    public TimeSpan RespondsAfter { get; set; }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    public static async Task<CallbackReceiver> StartAsync() => new(await InboundApp.StartAsync());

    /// <summary>Waits until what was received satisfies the condition; fails after half a minute.</summary>
    public Task UntilAsync(Func<IReadOnlyCollection<ReceivedCallback>, bool> condition) =>
        Eventually.TrueAsync(() => condition(Received), () => $"Received so far: {Received.Count}");

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>A callback as it came.</summary>
public sealed record ReceivedCallback(
    string MessageSid, string Status, string Token, IReadOnlyDictionary<string, string> Parameters);
