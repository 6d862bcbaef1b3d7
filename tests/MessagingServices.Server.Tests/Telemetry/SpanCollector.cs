using System.Collections.Concurrent;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MessagingServices.Server.Tests.Telemetry;

/// <summary>Takes spans as a collector does, by OTLP over HTTP.</summary>
internal sealed class SpanCollector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Span> spans = new();

    private SpanCollector(WebApplication app) => this.app = app;

    /// <summary>The options of a server that sends its spans here, without waiting long.</summary>
    public string[] Options =>
        ["--OTEL_EXPORTER_OTLP_ENDPOINT", app.Urls.Single(), "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
            "--OTEL_BSP_SCHEDULE_DELAY", "50"];

    public static async Task<SpanCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new SpanCollector(builder.Build());
        collector.app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            foreach (var span in Span.ReadAll(body.ToArray())) collector.spans.Enqueue(span);
        });
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>
    /// Waits for as many spans of a message, which its SID finds; fails after half a minute. The oldest first.
    /// </summary>
    public Task<List<Span>> OfMessageAsync(string sid, int count) => Eventually.ValueAsync(
        () => Task.FromResult(spans.Where(span => span.TraceId == sid[2..]).OrderBy(span => span.Start).ToList()),
        found => found.Count >= count,
        found => string.Join(", ", found.Select(span => span.Name)));

    /// <summary>How many spans of a message have come.</summary>
    public int CountOfMessage(string sid) => spans.Count(span => span.TraceId == sid[2..]);

    /// <summary>Waits for a span by its id; fails after half a minute.</summary>
    public async Task<Span> ByIdAsync(string spanId) => (await Eventually.ValueAsync(
        () => Task.FromResult(spans.FirstOrDefault(span => span.SpanId == spanId)),
        found => found is not null,
        _ => $"No span {spanId}"))!;

    /// <summary>All that came, as one text.</summary>
    public string Everything =>
        string.Join('\n', spans.Select(span => $"{span.Name} {string.Join(' ', span.Attributes)}"));

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
